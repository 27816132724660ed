"""How communities become tables: everybody moves in, and the register of members opens.

Communities are drawn one by one, in as many threads as wanted, straight into their places in the tables:
nothing is ever held twice, and nothing depends on which thread does what.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.chance import draw, draws, key, pick
from linli.agents.compiled import loop
from linli.agents.rules.learning import USUAL_EXPECTATION, quanta
from linli.agents.rules.linked_unit import QUARTER, place_in_order
from linli.agents.rules.matching import ABSENT, REGISTERED, SKILL_TIME_WISH, member_of, skill_of_sunk
from linli.agents.rules.occasion import calendar, highest_rate, next_candidate
from linli.agents.rules.participation import active_since
from linli.agents.rules.property_service import pays
from linli.agents.rules.work_time import minutes
from linli.agents.traits import (
    CHILD,
    COUNTED,
    NEVER,
    RESIDENT,
    SPECIALITIES,
    STARTS,
    SUMMED,
    TRADES,
    sum_of,
)
from linli.model.array.phases.beats import share_out_beats
from linli.model.array.phases.matters import chain_queues
from linli.model.array.phases.members import take_first_post
from linli.model.array.phases.sorting import count_sorting
from linli.model.array.phases.ties import count_ties
from linli.model.array.tables.columns import (
    COMMUNITY,
    LAYOUT,
    LOCAL,
    ROWS_OF_SYSTEMS,
    World,
    WorldWithSystems,
    column_of,
    range_of,
    records,
    rows_of,
)
from linli.model.matters import REMEMBERED
from linli.model.memory import check_memory, zeros_as_written
from linli.model.network import Network, build, reach
from linli.model.objects.posts import fits
from linli.model.parameters import Parameters
from linli.model.place import Place
from linli.model.population import Population, household_sizes, households_of_compounds, populate, starts
from linli.model.systems import NO_SYSTEMS, Systems

QUEUE_SIGMAS = 10.0
"""Room for unfinished matters beyond their mean number; a queue that is full stops the run."""

SHORT = 2**16
"""Numbers up to the residents of a community take two bytes if these are fewer."""


@dataclass(frozen=True)
class Plan:
    """One community before anybody lives there: its number and figures, how much room it takes, how its
    people are found, and how many members may ever be sunk there.

    ties: room for twice the number of ties.
    """

    number: int
    place: Place
    residents: int
    households: int
    compounds: int
    buildings: int
    firms: int
    ties: int
    most_sunk: int
    people: Callable[[], tuple[Population, Network]]

    def rows(self, p: Parameters, longest_life: int, systems: Systems = NO_SYSTEMS) -> dict[str, int]:
        """How many rows it takes in the columns of each kind: see `model.array.tables.columns.LAYOUT`."""
        rows = {
            "resident": self.residents,
            "compound": self.compounds,
            "building": self.buildings,
            "household": self.households,
            "grid": self.place.grids,
            "member": self.place.managed_members + self.most_sunk,
            "post": self.compounds * p.posts,
            **{kind: getattr(self.place, f"{kind}s") for kind in COUNTED},
            "firm": self.firms,
            "slot": queue_room(self.residents, p, longest_life),
            "ties": self.ties,
            "circle": circles(self.residents, p),
        }
        return {**rows, **rows_of_systems(rows, systems)}


def rows_of_systems(rows: Mapping[str, Any], systems: Systems) -> dict[str, Any]:
    """How many rows there are of each kind that a system brings. rows: of the other kinds."""
    return {
        kind: rows[like] if system in systems else 0 * rows[like]
        for kind, (system, like) in ROWS_OF_SYSTEMS.items()
    }


def circles(residents: int, p: Parameters) -> int:
    """Room for circles of acquaintances: none where acting makes nobody acquainted."""
    return residents if p.bond > 0.0 else 0


def planned(number: int, place: Place, p: Parameters, seed: int) -> Plan:
    """The plan of a community whose people are drawn."""

    def people() -> tuple[Population, Network]:
        drawn = populate(place, p, seed, number)
        return drawn, build(drawn, p, seed)

    size = household_sizes(place.residents, place.households, seed, number).astype(np.int64)
    return Plan(
        number=number,
        place=place,
        residents=place.residents,
        households=place.households,
        compounds=place.compounds,
        buildings=households_of_compounds(place, seed, number)[1],
        firms=place.firms,
        ties=_ties_outside(p) * place.residents + int((size * (size - 1)).sum()),
        most_sunk=most_sunk(place, p),
        people=people,
    )


def given(place: Place, people: Population, ties: Network, p: Parameters) -> Plan:
    """The plan of a community whose people and ties are known."""
    return Plan(
        number=people.community,
        place=place,
        residents=len(people),
        households=int(people.household[-1]) + 1,
        compounds=len(people.compound_grid),
        buildings=len(people.building_compound),
        firms=int(people.compound_firm.max()) + 1,
        ties=len(ties.ties),
        most_sunk=most_sunk(place, p),
        people=lambda: (people, ties),
    )


def _ties_outside(p: Parameters) -> int:
    """Room for the ties of one resident beyond the own home, each counted at both ends."""
    return 2 * sum(reach(ties) for ties in (p.ties_building, p.ties_compound, p.ties_community))


def most_sunk(place: Place, p: Parameters) -> int:
    """Room for any policy that a branch may add: no policy sinks more members than there are posts."""
    return max(p.posts * place.compounds, place.sunk_members)


def settle(
    plans: Sequence[Plan],
    p: Parameters,
    seed: int,
    longest_life: int,
    threads: int = 1,
    settled: Callable[[int], None] | None = None,
    systems: Systems = NO_SYSTEMS,
) -> World:
    """Tables of communities, one behind the other.

    longest_life: of an unfinished matter [days]; settled: told how many residents have moved in; systems:
    that act here.
    """
    residents, ties = (sum(getattr(plan, name) for plan in plans) for name in ("residents", "ties"))
    needed = world_bytes(residents, ties, p, longest_life, systems)
    check_memory(needed, f"a place of {residents:,} residents")
    world = _empty(plans, p, longest_life, systems)

    def move_in(c: int) -> int:
        people, ties = plans[c].people()
        _move_in(world, c, people, ties, p, seed)
        _first_day(world, c, plans[c].place, p, seed)
        return plans[c].residents

    for here in itertools.accumulate(_in_order(move_in, len(plans), min(threads, len(plans)))):
        if settled:
            settled(here)
    return world


def _in_order(work: Callable[[int], int], tasks: int, threads: int) -> Iterator[int]:
    """What tasks 0, 1, 2 ... return, done by so many threads; by this one, if it is to be alone."""
    if threads <= 1:
        yield from map(work, range(tasks))
    else:
        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(work, range(tasks))


# empty tables --------------------------------------------------------------------------------------------


def _starts(counts: Iterable[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *counts], dtype=np.int64)


def queue_room(residents: int, p: Parameters, longest_life: int) -> int:
    """Slots for the unfinished matters of a community. longest_life: [days]."""
    mean = residents * p.arrivals / 1000.0 * (longest_life + 1)
    return int(mean + QUEUE_SIGMAS * np.sqrt(mean)) + 16


def _communities(plans: Sequence[Plan], p: Parameters, longest_life: int, systems: Systems) -> NDArray[Any]:
    com = np.zeros(len(plans) + 1, dtype=records(COMMUNITY))
    rows = [plan.rows(p, longest_life, systems) for plan in plans]
    if rows:
        begin = np.cumsum([[0] * len(rows[0]), *(list(here.values()) for here in rows)], axis=0)
        for of, column in zip(rows[0], begin.T, strict=True):
            com[of] = column
    com["number"][:-1] = [x.number for x in plans]
    com["managed"][:-1] = com["member"][:-1] + [x.place.managed_members for x in plans]
    com["created"] = com["managed"]
    com["free_posts"] = np.diff(com["post"], append=com["post"][-1])
    return com


TIE_FIRST = np.dtype("uint32")
"""Where the ties of a resident begin."""


def world_bytes(
    residents: int, ties: int, p: Parameters, longest_life: int, systems: Systems = NO_SYSTEMS
) -> int:
    """About how much memory the tables of a city take [bytes]; the small ones are left out."""
    rows = {
        "resident": residents,
        "slot": queue_room(residents, p, longest_life),
        "ties": ties,
        "circle": circles(residents, p),
    }
    rows |= {
        kind: residents
        for kind, (system, like) in ROWS_OF_SYSTEMS.items()
        if system in systems and like == "resident"
    }
    starts_of_ties = TIE_FIRST.itemsize * residents
    return starts_of_ties + sum(row_bytes(of) * count for of, count in rows.items())


def row_bytes(of: str) -> int:
    """What one resident, slot, ... takes in all columns that have a row for it [bytes]."""
    return sum(column.itemsize for column in LAYOUT[of].values())


def place_bytes(place: Place, p: Parameters) -> int:
    """About how much memory the tables of a place will take, before anybody is drawn [bytes]."""
    at_home = place.residents / place.households - 1.0
    ties = int(place.residents * (_ties_outside(p) + at_home))
    return world_bytes(place.residents, ties, p, max(p.patience, p.deadline))


def no_world(systems: Systems = NO_SYSTEMS) -> World:
    """Tables without a community: enough for the compiler."""
    return _empty([], Parameters(), 1, systems)


def _empty(plans: Sequence[Plan], p: Parameters, longest_life: int, systems: Systems) -> World:
    """Room for the communities: zeros to begin with, so that equal worlds are equal to the last byte."""
    com = _communities(plans, p, longest_life, systems)
    n, room = int(com["resident"][-1]), int(com["slot"][-1])
    columns = {
        name: np.zeros(int(com[of][-1]), dtype=records(dtype))
        for of, here in LAYOUT.items()
        for name, dtype in here.items()
    }
    columns["free"][:] = True
    columns["order"][:] = np.arange(room)
    if max((plan.residents for plan in plans), default=0) >= SHORT:
        for name in LOCAL:
            columns[name] = np.zeros(columns[name].shape, dtype=np.uint32)
    made = columns["made_ties"]
    columns["made_ties"] = zeros_as_written(made.shape, made.dtype)
    household_first = np.zeros(int(com["household"][-1]) + 1, dtype=np.int32)
    household_first[-1] = n
    return (WorldWithSystems if systems else World)(
        com=com,
        tie_first=np.zeros(n + len(plans), dtype=TIE_FIRST),
        household_first=household_first,
        fits=fits(p.other_skill, p.other_wish),
        **columns,
    )


def with_room(w: World, p: Parameters, longest_life: int) -> World:
    """The same world with room for matters that stay unfinished for so long: a longer deadline came.

    The queue of each community moves to the front of its new slots; free slots follow.
    """
    residents = np.diff(w.com["resident"])
    slots = _starts(queue_room(int(n), p, longest_life) for n in residents)
    old = w.com["slot"].copy()
    if (np.diff(slots) <= np.diff(old)).all():
        return w
    slots = _starts(np.maximum(np.diff(slots), np.diff(old)).tolist())
    matters = np.zeros(int(slots[-1]), dtype=w.matters.dtype)
    contributors = np.zeros((int(slots[-1]), REMEMBERED), dtype=np.int32)
    com = w.com.copy()
    for c in range(len(residents)):
        queue = w.order[old[c] : old[c] + w.com["open"][c]]
        matters[slots[c] : slots[c] + len(queue)] = w.matters[queue]
        contributors[slots[c] : slots[c] + len(queue)] = w.contributors[queue]
    com["slot"] = slots
    order = np.arange(int(slots[-1]), dtype=np.int32)
    roomy = w._replace(com=com, matters=matters, contributors=contributors, order=order)
    chain_queues(roomy)
    return roomy


def with_systems(w: World, systems: Systems) -> World:
    """The same world with room for what systems bring that come later: rows as on a first morning."""
    if not systems:
        return w
    com = w.com.copy()
    rows = {name: np.diff(com[name]) for name in com.dtype.names or ()}
    grown: dict[str, NDArray[Any]] = {}
    for kind, lengths in rows_of_systems(rows, systems).items():
        if lengths.sum() > rows[kind].sum():
            com[kind] = _starts(lengths)
            for name, dtype in LAYOUT[kind].items():
                grown[name] = np.zeros(int(lengths.sum()), dtype=records(dtype))
    roomy = WorldWithSystems(*w)._replace(com=com, **grown)
    if "sorters" in grown:
        count_sorting(roomy, 0, len(com) - 1)
    return roomy


# moving in -----------------------------------------------------------------------------------------------


def _move_in(w: World, c: int, people: Population, ties: Network, p: Parameters, seed: int) -> None:
    """Write a community into its rows, as it stands on the first morning."""
    at, behind = w.com[c], w.com[c + 1]
    at["adults"] = len(people.adults)
    _build(w, at, behind, people)
    share_out_beats(w, c, c + 1)
    _open_firms(w, at, behind, people)
    _write_residents(w, c, people)
    pace = calendar(highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend))
    _draw_first_occasions(w, c, people.age, pace, seed)
    w.tie_first[at["resident"] + c : behind["resident"] + c + 1] = ties.start
    w.ties[at["ties"] : at["ties"] + len(ties.ties)] = ties.ties
    w.adults[at["resident"] : at["resident"] + len(people.adults)] = people.adults + at["resident"]
    w.household_first[at["household"] : behind["household"]] = people.household_start[:-1] + at["resident"]
    managed = slice(at["member"], at["managed"])
    w.members["host"][:][at["member"] : behind["member"]] = -1
    w.members["host"][managed] = people.managed + at["resident"]


def _write_residents(w: World, c: int, people: Population) -> None:
    """Who the residents are, and what they feel and have done on the first morning."""
    at = w.com[c]
    here = range_of(w, c, "resident")
    drawn = {
        "building": people.building + at["building"],
        "registered": np.where(people.volunteer, 0, NEVER),
        "next_occasion": -1,
        "ties_made": 0,
    }
    for trait in RESIDENT:
        if trait.kept != "home":
            start, mine = drawn.get(trait.name, trait.start), range_of(w, c, rows_of("resident", trait))
            column_of(w, "resident", trait)[mine] = getattr(people, trait.name) if start is None else start
    w.group[here] = 2 * people.age + people.tenure
    for name in SUMMED:
        at[sum_of(name)] = at["adults"] * quanta(STARTS[name])


@loop
def _draw_first_occasions(w, c, age, pace, seed):
    """The first candidate day of each adult."""
    home = w.com[c].resident
    for local in range(len(age)):
        if age[local] != CHILD:
            u = draw(seed, key(w.com[c].number, local), 0, decision.FIRST_OCCASION, 0)
            w.next_occasion[home + local] = next_candidate(pace, -1, u)


def _build(w: World, at: Any, behind: Any, people: Population) -> None:
    """Compounds and buildings of a community."""
    compounds = w.compounds[at["compound"] : behind["compound"]]
    buildings = w.buildings[at["building"] : behind["building"]]
    for table, first in ((compounds, people.compound_start), (buildings, people.building_start)):
        grown = np.searchsorted(people.adults, first)
        table["adults"] = at["resident"] + grown[:-1]
        table["grown"] = np.diff(grown)
    compounds["people"] = np.diff(people.compound_start)
    compounds["grid"] = people.compound_grid + at["grid"]
    compounds["firm"] = np.where(people.compound_firm < 0, -1, people.compound_firm + at["firm"])
    compounds["rank"] = people.compound_rank
    house = np.searchsorted(people.building_compound, np.arange(len(compounds) + 1))
    compounds["house"], compounds["houses"] = at["building"] + house[:-1], np.diff(house)
    compounds["local"] = np.arange(len(compounds))
    compounds["oldest"] = compounds["newest"] = -1
    buildings["compound"] = people.building_compound + at["compound"]
    buildings["expected"] = USUAL_EXPECTATION
    buildings["head"] = np.where(people.head < 0, -1, people.head + at["resident"])


def _open_firms(w: World, at: Any, behind: Any, people: Population) -> None:
    """The compounds of each firm, firm by firm."""
    firms = w.firms[at["firm"] : behind["firm"]]
    order = np.argsort(people.compound_firm, kind="stable")
    unserved = int((people.compound_firm < 0).sum())
    served = order[unserved:]
    w.firm_compounds[at["compound"] : at["compound"] + len(served)] = served + at["compound"]
    first = starts(people.compound_firm[served], len(firms))
    firms["first"], firms["serves"] = at["compound"] + first[:-1], np.diff(first)


def _first_day(w: World, c: int, place: Place, p: Parameters, seed: int) -> None:
    """What firms, workers and members are on the first morning, and what ties know of each other."""
    at, behind = w.com[c], w.com[c + 1]
    at["department_minutes"] = at["department_week"] = minutes(place.department_hours)
    firms = w.firms[at["firm"] : behind["firm"]]
    firms["effort"], firms["paid"] = p.x0, pays(p.pi, 0.5)
    w.workers["grid"][at["worker"] : behind["worker"]] = np.arange(place.workers) % place.grids + at["grid"]
    here = np.arange(place.organisations)
    w.organisations["speciality"][at["organisation"] : behind["organisation"]] = here % len(SPECIALITIES)
    _draw_units(w, seed, c, place.linked_units)
    _draw_members(w, seed, c, place.serving_members, place.sunk_members, p.sunk_at_home, p.posts)
    count_ties(w, active_since(-1, p.W), c, c + 1)
    if len(w.sorters):
        count_sorting(w, c, c + 1)


@loop
def _draw_units(w, seed, c, linked):
    """The units of the area: trades go round, the compound and the day of service are drawn."""
    first, behind, compound = w.com[c].unit, w.com[c + 1].unit, w.com[c].compound
    for at in range(first, behind):
        u_where, u_day, will, _ = draws(seed, key(w.com[c].number, at - first), 0, decision.UNIT, 0)
        unit = w.units[at]
        unit.trade = (at - first) % len(TRADES)
        unit.compound = compound + pick(u_where, w.com[c + 1].compound - compound)
        unit.service_day = pick(u_day, QUARTER)
        unit.rank = place_in_order(at - first, linked, behind - first)
        unit.will = will


# the register of members ---------------------------------------------------------------------------------


@loop
def _draw_members(w, seed, c, leaders, sunk, at_home, posts):
    """Managed members first, leaders at once in a post; then everybody who may ever be sunk here."""
    first, managed = w.com[c].member, w.com[c].managed
    for m in range(first, w.com[c + 1].member):
        who = key(w.com[c].number, m - first)
        u_time, u_wish, u_day, _ = draws(seed, who, 0, decision.MEMBER, 0)
        member = w.members[m]
        member.home = member.post = -1
        member.status = ABSENT
        member.time, member.wish, member.session = member_of(u_time, u_wish, u_day)
        if m < managed:
            _open_register(w, c, m, m - first < leaders, posts)
        else:
            _draw_sunk(w, seed, c, m, who, at_home)
            if m - managed < sunk:
                member.home = member.host
                member.status = REGISTERED
                w.com[c].created += 1


@loop
def _open_register(w, c, m, leads, posts):
    member = w.members[m]
    member.home = member.host
    member.skill = w.life[member.home].skill
    member.status = REGISTERED
    member.standing = leads
    if leads:
        compound = w.buildings[w.building[member.home]].compound - w.com[c].compound
        take_first_post(w, SKILL_TIME_WISH, c, m, compound, posts)


@loop
def _draw_sunk(w, seed, c, m, who, at_home):
    """A sunk member's skill and, if he or she lives here, the home: nobody is two members."""
    w.members[m].skill = skill_of_sunk(draw(seed, who, 0, decision.MEMBER, 1))
    u_here, u_where, _, _ = draws(seed, who, 0, decision.HOME, 0)
    if u_here < at_home:
        host = w.adults[w.com[c].resident + pick(u_where, w.com[c].adults)]
        for other in range(w.com[c].member, m):
            if w.members[other].host == host:
                return
        w.members[m].host = host
