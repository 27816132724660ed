"""The state of one community or thousands as tables: what the array engine keeps instead of objects.

Each kind of agent and place is one table with a record a row; what a day scans for everybody (the day of
the last act, the next candidate day) stands in columns of its own, and residents are laid out so that a city
of twenty million fits into a laptop. Communities stand one behind the other.
Numbers inside the tables run over the whole city; keys of draws are made of the community's number and local
ids, so a community has the same luck wherever it stands. The names of agents' fields are those of
`agents.traits`.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.acquaintance import MOST_MADE
from linli.agents.traits import (
    AGENTS,
    FIRM,
    MEMBER,
    ORGANISATION,
    RESIDENT,
    SORTER,
    SUMS,
    UNIT,
    WORKER,
    Trait,
)
from linli.model.matters import KINDS, REMEMBERED
from linli.model.measures.record import COLUMNS
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers

Table = NDArray[Any]


def _of(traits: tuple[Trait, ...], *more: tuple[str, str], kept: str = "record") -> np.dtype[Any]:
    """A record of an agent, widest fields first so that they stay aligned."""
    fields = [(t.name, t.dtype) for t in traits if t.kept == kept] + list(more)
    return np.dtype(sorted(fields, key=lambda field: -np.dtype(field[1]).itemsize), align=True)


MIND = _of(RESIDENT, kept="mind")
"""What a resident decides by: half a line of the processor's cache."""

LIFE = _of(RESIDENT, kept="life")
"""What is asked of a resident only when something happens."""

A_MEMBER = _of(MEMBER, ("host", "int32"))
"""A member. host: the resident he or she is when here (-1: lives elsewhere)."""

A_FIRM = _of(FIRM, ("first", "int32"), ("serves", "int32"))
"""A firm. first: where its compounds begin in `firm_compounds`; serves: how many."""

A_WORKER = _of(WORKER)

AN_ORGANISATION = _of(ORGANISATION)
A_UNIT = _of(UNIT)
A_SORTER = _of(SORTER)

CONTEST = np.dtype([("households", "int32"), ("sorting", "int32"), ("standing", "int8")], align=True)
"""A compound where waste is sorted. households: how many it has; sorting: how many of them sort; standing: in
the last contest, see `agents.rules.waste_sorting`."""

COMPOUND = np.dtype(
    [
        ("rank", "float64"),
        ("firm_work", "int64"),
        ("others_work", "int64"),
        ("adults", "int32"),
        ("grown", "int32"),
        ("people", "int32"),
        ("grid", "int32"),
        ("firm", "int32"),
        ("local", "int32"),
        ("open_shared", "int32"),
        ("oldest", "int32"),
        ("newest", "int32"),
        ("arisen", "int32"),
        ("house", "int32"),
        ("houses", "int32"),
    ]
)
"""A compound. adults: where its adults begin; grown: how many they are; rank: see `model.objects.places`;
oldest, newest: of its unfinished matters (-1: none); arisen: matters so far; house: where its buildings
begin; houses: how many they are; firm_work, others_work: done this month on matters that are a firm's to do,
by the firm and by others [minute-percent]."""

BUILDING = np.dtype(
    [
        ("expected", "float64"),
        ("adults", "int32"),
        ("grown", "int32"),
        ("compound", "int32"),
        ("head", "int32"),
        ("open_matters", "int32"),
        ("serving", "int32"),
        ("encouragements", "int32"),
        ("discouragements", "int32"),
        ("service", "int32"),
        ("service_before", "int32"),
        ("ended", "int32"),
        ("resolved", "int32"),
    ],
    align=True,
)
"""A building. adults: where its adults begin; grown: how many they are; head: the resident who heads it
(-1: nobody); serving: members whose beat it is; service, service_before: general service this month and in
the month before [minutes]; expected, ended, resolved: see `model.objects.places`."""

MATTER = np.dtype(
    [
        ("work", "int64"),
        ("need", "int64"),
        ("quality_minutes", "int64"),
        ("compound", "int32"),
        ("building", "int32"),
        ("serial", "int32"),
        ("affected", "int32"),
        ("before", "int32"),
        ("behind", "int32"),
        ("arose", "int32"),
        ("reported", "int32"),
        ("handed", "int32"),
        ("due", "int32"),
        ("resident_minutes", "int32"),
        ("organised_minutes", "int32"),
        ("kind", "int8"),
        ("status", "int8"),
        ("funded", "int8"),
        ("stage", "int8"),
        ("remembered", "int8"),
    ],
    align=True,
)
"""An unfinished matter, as `model.objects.places.Matter`; before, behind: the next older and newer one of its
compound (-1: none); remembered: how many contributors."""

A_COMMITTEE = np.dtype(
    [("initiative", "float64"), ("forces_work", "int64"), ("all_work", "int64"), ("acts", "int32")],
    align=True,
)
"""The owners' committee that a compound has or may have, as `linli.agents.owners_committee`."""

ROWS_OF_SYSTEMS: Mapping[str, tuple[str, str]] = {
    "rewarded": ("rewards", "resident"),
    "sorter": ("sorting", "household"),
    "contest": ("sorting", "compound"),
    "small_work": ("fund", "compound"),
    "committee": ("committees", "compound"),
    "called": ("emergency", "resident"),
    "doorstep": ("emergency", "household"),
}
"""Rows that are there only where a system acts, by kind: the system, and of what they are as many."""

_STARTS = (
    *(kind for kind in AGENTS if kind not in ROWS_OF_SYSTEMS),
    *("compound", "building", "household", "grid", "post", "slot", "ties", "circle"),
    *ROWS_OF_SYSTEMS,
)
OF_EMERGENCY = ("rounds_begun", "began", "round_began", "waiting", "door")
"""Where a community stands in an emergency, by the same names in both engines."""

_TOTALS = (
    *("number", "adults", "managed", "created", "open", "free_posts", "match_bank", "circles", "ties_made"),
    *("fund", "department_minutes", "department_week"),
    *OF_EMERGENCY,
    *SUMS,
)
COMMUNITY = np.dtype([(name, "int64") for name in (*_STARTS, *_TOTALS)])
"""A community: where its rows begin in each table, its number, how many adults it has, where its ties begin,
how many members are here, matters open, circles of acquaintances in use and ties in them, what is in its fund
[fen], what departments usually have for it in a week, and in this one [minutes], where it stands in an
emergency (see `linli.agents.emergency`), and the sums of states. circle: room for one of each resident where
residents can become acquainted, else none."""

PARAMETERS = np.dtype(
    [(f.name, "int64" if f.type in (int, "int") else "float64") for f in dataclasses.fields(Parameters)]
)
LEVERS = np.dtype(
    [(f.name, "int64" if f.type in (int, "int") else "float64") for f in dataclasses.fields(Levers)]
    + [("list", "int64")]
)
"""The levers of a day; list: which asking list is in force."""

RECORD = np.dtype([(name, "int64") for name in COLUMNS])


def records(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The type of a table whose records are used by the names of their fields.

    Compiled code does that with any table, and counts in 64 bits whatever a field holds; without the compiler
    NumPy has to be told, and its fields have to be as wide.
    """
    if dtype.names is None or not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return dtype
    fields = [(name, dtype[name]) for name in dtype.names or ()]
    wide = [(name, np.dtype("int64") if kind.kind == "i" else kind) for name, kind in fields]
    return np.dtype((np.record, np.dtype(wide)))


class World(NamedTuple):
    """Everything that a day can read or change.

    group: age and tenure, see `model.array.phases.states`; serving: seen to serve as a party member;
    active_ties, serving_ties: how many of one's ties are remembered as active without serving, and how many
    serve; adults: of a community c, ascending, from `com[c].resident` on, `com[c].adults` of them; ties: see
    `model.array.phases.ties`; circle, made_ties: see `model.array.phases.acquaintance`; free: posts; beats:
    the building that is a post's beat (-1: none); fits: fit by (skill, time, wish) that agree; order: slots
    of a community in the order of its queue, free slots behind; contributors: shape (slots, 4); small_works:
    what is left of them, shape (compounds where a fund acts, kinds); turned_out, reached: of residents, and
    of households, where there may be an emergency, the day after it last happened.
    """

    com: Table
    mind: Table
    life: Table
    habit: NDArray[np.float64]
    satisfaction: NDArray[np.float64]
    group: NDArray[np.int8]
    building: NDArray[np.int32]
    heard: NDArray[np.int32]
    last_acted: NDArray[np.int32]
    next_occasion: NDArray[np.int32]
    registered: NDArray[np.int32]
    serving: NDArray[np.bool_]
    active_ties: NDArray[np.int16]
    serving_ties: NDArray[np.int16]
    tie_first: NDArray[np.uint32]
    ties: NDArray[Any]
    circle: NDArray[Any]
    made_ties: NDArray[Any]
    adults: NDArray[np.int32]
    compounds: Table
    buildings: Table
    household_first: NDArray[np.int32]
    members: Table
    free: NDArray[np.bool_]
    beats: NDArray[np.int32]
    fits: NDArray[np.int16]
    firms: Table
    firm_compounds: NDArray[np.int32]
    workers: Table
    organisations: Table
    units: Table
    matters: Table
    contributors: NDArray[np.int32]
    order: NDArray[np.int32]
    worn: NDArray[np.float64]
    sorters: Table
    contests: Table
    small_works: NDArray[np.float64]
    committees: Table
    turned_out: NDArray[np.int32]
    reached: NDArray[np.int32]


class WorldWithSystems(World):
    """The same tables where systems of `linli.model.systems` act: what these do is compiled for it alone.

    A run without systems neither compiles nor runs any of their parts, see `model.array.optional`.
    """

    __slots__ = ()


LAYOUT: Mapping[str, Mapping[str, np.dtype[Any]]] = {
    "resident": {
        "mind": MIND,
        "life": LIFE,
        **{t.name: np.dtype(t.dtype) for t in RESIDENT if t.kept == "column"},
        "group": np.dtype("int8"),
        "active_ties": np.dtype("int16"),
        "serving_ties": np.dtype("int16"),
        "adults": np.dtype("int32"),
    },
    "compound": {"compounds": COMPOUND, "firm_compounds": np.dtype("int32")},
    "building": {"buildings": BUILDING},
    "member": {"members": A_MEMBER},
    "post": {"free": np.dtype("bool"), "beats": np.dtype("int32")},
    "firm": {"firms": A_FIRM},
    "worker": {"workers": A_WORKER},
    "organisation": {"organisations": AN_ORGANISATION},
    "unit": {"units": A_UNIT},
    "slot": {
        "matters": MATTER,
        "contributors": np.dtype(("int32", (REMEMBERED,))),
        "order": np.dtype("int32"),
    },
    "ties": {"ties": np.dtype("uint16")},
    "small_work": {"small_works": np.dtype(("float64", (len(KINDS),)))},
    "committee": {"committees": A_COMMITTEE},
    "doorstep": {"reached": np.dtype("int32")},
    "circle": {"circle": np.dtype("uint16"), "made_ties": np.dtype(("uint16", (MOST_MADE,)))},
    "sorter": {"sorters": A_SORTER},
    "contest": {"contests": CONTEST},
    **{
        kind: {t.name: np.dtype(t.dtype) for t in RESIDENT if t.kept == kind}
        for kind, (_, like) in ROWS_OF_SYSTEMS.items()
        if like == "resident"
    },
}
"""Which columns of a world have a row for each of what a community has a range of, and their types.

`com`, `tie_first`, `household_first` and `fits` have other lengths.
"""

LOCAL = ("ties", "circle", "made_ties")
"""Columns of numbers inside a community: they take four bytes where it is too large for two."""


def range_of(w: World, c: int, kind: str) -> slice:
    """The rows of a community in the columns that have one for each of a kind."""
    return slice(int(w.com[kind][c]), int(w.com[kind][c + 1]))


def rows_of(kind: str, trait: Trait) -> str:
    """What the column of a trait has a row for each of: of the kind of agent, unless a system brings it."""
    return trait.kept if trait.kept in ROWS_OF_SYSTEMS else kind


def column_of(w: World, kind: str, trait: Trait) -> NDArray[Any]:
    """The column in which a trait of a kind of agent stands, numbers counted through the city.

    Raises KeyError for what follows from the home.
    """
    if trait.kept == "home":
        raise KeyError(trait.name)
    if trait.kept == "column" or trait.kept in ROWS_OF_SYSTEMS:
        column: NDArray[Any] = getattr(w, trait.name)
        return column
    table = f"{kind}s" if trait.kept == "record" else trait.kept
    column = getattr(w, table)[trait.name]
    return column


class Constants(NamedTuple):
    """What does not change over a run, or not within a pass.

    fatigue_left, habit_left, worn_left: by days since the last act; waits: days to the next candidate
    occasion, by equal steps of the draw, 0 where a step does not decide; rates, ordinary: occasions by day of
    the pass, whether of working age, and matters in sight, with and without the council.
    """

    fatigue_left: NDArray[np.float64]
    habit_left: NDArray[np.float64]
    worn_left: NDArray[np.float64]
    waits: NDArray[np.int64]
    rates: NDArray[np.float64]
    ordinary: NDArray[np.float64]


FIXED = (
    "group",
    "building",
    "tie_first",
    "ties",
    "adults",
    "household_first",
    "beats",
    "fits",
    "firm_compounds",
)
"""What no day changes: twins share it."""


class AskingTable(NamedTuple):
    """Adults to visit: list l in grid g is `people[first[l, g]:first[l, g] + size[l, g]]`.

    kin: whether the ask comes through grandchildren.
    """

    people: NDArray[np.int32]
    first: NDArray[np.int64]
    size: NDArray[np.int64]
    kin: NDArray[np.bool_]


class Tally(NamedTuple):
    """What a pass writes down: a record a day, changes of the histogram of hours, days to resolution."""

    rows: Table
    people: NDArray[np.int32]
    minutes: NDArray[np.int32]
    durations: NDArray[np.int64]


SO_FAR = np.dtype(
    [
        ("new_matters", "int64"),
        ("match_minutes", "int64"),
        ("matter_minutes", "int64"),
        ("emergency_minutes", "int64"),
        ("asked", "int64"),
        ("acting", "int64"),
        ("learners", "int64"),
        ("news", "int64"),
    ]
)
"""What the phases of a day hand on to later ones. new_matters: at the back of the queue; match_minutes,
matter_minutes, emergency_minutes: the workers' pooled time; asked, acting, learners, news: how many stand in
the lists of these names in `Scratch`."""


class Scratch(NamedTuple):
    """Lists of one pass over one community; each thread has its own. so_far: one record, see `SO_FAR`.

    sight: matters in sight, by building; bout, on_matters: minutes of those who act, by local number;
    worked_on: their matter (-1: none), likewise; beside, company, place, u_meets: of those who act in one
    compound, who it is, beside whom, in which order, and the draw that decides whether the one before becomes
    an acquaintance; efficacy_from: what neighbours' successes and those of organised forces alone have added
    to efficacy, shape (people, 2), without rows unless it is kept; leader: the social organisation that asked
    last, by local number; need: open work by speciality; hired: organisations in the order in which they are
    bought of; fields: see `model.array.phases.organisations`; rooms: compounds with an open room, by local
    number.
    """

    so_far: Table
    deciding: NDArray[np.int32]
    reason: NDArray[np.int32]
    u_occasion: NDArray[np.float64]
    u_acts: NDArray[np.float64]
    u_next: NDArray[np.float64]
    asked: NDArray[np.int32]
    acting: NDArray[np.int32]
    meeting: NDArray[np.bool_]
    sight: NDArray[np.int64]
    bout: NDArray[np.int32]
    on_matters: NDArray[np.int32]
    worked_on: NDArray[np.int32]
    beside: NDArray[np.int32]
    company: NDArray[np.int32]
    place: NDArray[np.float64]
    u_meets: NDArray[np.float64]
    efficacy_from: NDArray[np.float64]
    learner: NDArray[np.int32]
    outcome: NDArray[np.float64]
    news: NDArray[np.int32]
    leader: NDArray[np.int32]
    need: NDArray[np.int64]
    hired: NDArray[np.int32]
    fields: NDArray[np.int64]
    rooms: NDArray[np.bool_]
    idle: NDArray[np.int32]
    u_drifts: NDArray[np.float64]
    order: NDArray[np.int32]
    leaving: NDArray[np.int64]


class Days(NamedTuple):
    """What one pass works with: the state, and what its days bring.

    k: constants of the pass; lists: whom workers visit; parameters: one record; levers: a record a day; sunk:
    members sunk, shape (days, communities); first: the first day, from the first day of the run.
    """

    w: World
    k: Constants
    lists: AskingTable
    parameters: Table
    levers: Table
    sunk: NDArray[np.int32]
    seed: int
    first: int


class Lived(NamedTuple):
    """A pass as one thread lives it: its days, where they are written down, and lists to work with."""

    days: Days
    tally: Tally
    s: Scratch


class Today(NamedTuple):
    """What a day hands to every phase of one community, beside the state: see `model.array.day`.

    t: the day of the pass; p, lev: parameters, and the levers of the day; sunk: members sunk here; k:
    constants of the pass; lists: whom workers visit; tally, row: where the pass and this day of it are
    written down; s: scratch lists; so_far: what earlier phases of the day hand on.
    """

    seed: int
    day: int
    t: int
    p: Any
    lev: Any
    sunk: np.int32
    k: Constants
    lists: AskingTable
    tally: Tally
    row: Any
    s: Scratch
    so_far: Any
