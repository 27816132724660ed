"""What an agent is made of: each column with its type, unit, range and meaning.

Both engines read this table: a Mesa agent carries the names as attributes, an array engine as columns. Traits
are fixed when somebody moves in; states change. What the codes mean stands here too. Records of the array
engine, the way between the engines, the ranges that a snapshot is held to, memory and sums of states all
follow from the rows below.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.agents.rules.acquaintance import MOST_MADE
from linli.agents.rules.learning import HOME_EFFICACY, USUAL_TRUST
from linli.agents.rules.linked_unit import QUARTER
from linli.agents.rules.property_service import USUAL_SATISFACTION

CHILD, YOUNG, MIDDLE, ELDER, OLD = range(5)
AGES = ("0-17", "18-39", "40-59", "60-69", "70+")
"""Age groups in years, by code."""

OWNER, TENANT = range(2)
TENURES = ("owner", "tenant")

NO_SKILL, CARE, MEDIATION, MAINTENANCE, DIGITAL, ORGANISING = range(6)
SKILLS = ("none", "care", "mediation", "maintenance", "digital", "organising")

WEEKDAY, EVENING, WEEKEND = range(3)
TIMES = ("weekday", "evening", "weekend")

CARING, MEDIATING, GREEN, GENERAL = range(4)
SPECIALITIES = ("care", "mediation", "environment", "general")
"""What a social organisation is for; general: whatever there is."""

ENTERPRISE, SCHOOL, AUTHORITY = range(3)
TRADES = ("enterprise", "school or clinic", "authority")
"""What a unit of the area is."""

NEVER = -30_000
"""The day of the last act of somebody who never acted."""

MOST = 2**31 - 1
"""What four bytes can hold."""


@dataclass(frozen=True)
class Trait:
    """One column of an agent. kind: "trait" (fixed) or "state" (changes).

    kept: where the array engine has it: in the "record" of its kind of agent; for residents in one of the
    records "mind" and "life", in a "column" of its own, or nowhere, as it follows from the "home"; any other
    word is the kind of rows that a system brings (see `ROWS_OF_SYSTEMS` of `model.array.tables.columns`):
    a column of its own where there are such rows, and the start where there are none;
    of: what it numbers, if it is a number of something ("resident", "post", ...; -1: of none);
    start: on the first morning (None: drawn, or told by something else);
    summed: a state in [0, 1] whose sum over adults is kept while it changes and stands in each day's record;
    plain: whether Mesa agents hold it as an attribute that can be set.
    """

    name: str
    kind: str
    dtype: str
    unit: str
    low: float
    high: float
    meaning: str
    kept: str = "record"
    of: str = ""
    start: float | None = None
    summed: bool = False
    plain: bool = True


# fmt: off
RESIDENT = (
    Trait("compound", "trait", "int32", "index", 0, MOST, "the compound of the home",
          kept="home", of="compound", plain=False),
    Trait("building", "trait", "int32", "index", 0, MOST, "the building of the home",
          kept="column", of="building", plain=False),
    Trait("household", "trait", "int32", "index", 0, MOST, "the household", kept="home", of="household"),
    Trait("age", "trait", "int8", "code", 0, 4, "age group: " + ", ".join(AGES), kept="home"),
    Trait("tenure", "trait", "int8", "code", 0, 1, "owner or tenant", kept="home"),
    Trait("party", "trait", "bool", "-", 0, 1, "a directly managed party member", kept="life"),
    Trait("free_minutes", "trait", "int16", "minutes/week", 0, 10_080, "free time for taking part",
          kept="life"),
    Trait("skill", "trait", "int8", "code", 0, 5, "skill: " + ", ".join(SKILLS), kept="life"),
    Trait("theta", "trait", "float64", "utility", -100, 100, "own motive to take part", kept="mind"),
    Trait("efficacy", "state", "float64", "-", 0, 1, "confidence that acting helps",
          kept="mind", start=HOME_EFFICACY, summed=True),
    Trait("trust", "state", "float64", "-", 0, 1, "trust that matters are truly resolved",
          kept="mind", start=USUAL_TRUST, summed=True),
    Trait("fatigue", "state", "float64", "-", 0, 1000, "tiredness, as of the last act",
          kept="mind", start=0.0),
    Trait("habit", "state", "float64", "-", 0, 1, "habit of taking part, as of the last act",
          kept="column", start=0.0),
    Trait("satisfaction", "state", "float64", "-", 0, 1, "satisfaction with the property service",
          kept="column", start=USUAL_SATISFACTION, summed=True),
    Trait("last_acted", "state", "int32", "day", NEVER, MOST, "day of the last act", kept="column"),
    Trait("next_occasion", "state", "int32", "day", -1, MOST, "next candidate day; -1 for children",
          kept="column", plain=False),
    Trait("heard", "state", "int32", "stamp", 0, MOST, "the strongest ask of the newest day",
          kept="column", start=0),
    Trait("registered", "state", "int32", "day", NEVER, MOST, "day of joining the volunteers; NEVER if not",
          kept="column"),
    Trait("serving", "state", "bool", "-", 0, 1, "seen to serve as a party member",
          kept="column", start=False),
    Trait("minutes_year", "state", "int32", "minutes", 0, MOST, "given since the year began",
          kept="life", start=0),
    Trait("week", "state", "int16", "week", -1, 2**15 - 1, "week of the last act", kept="life", start=-1),
    Trait("unheard", "state", "int8", "matters", 0, 100, "own matters reported in vain, in a row",
          kept="life", start=0),
    Trait("predecessors", "state", "int16", "residents", 0, 2**15 - 1, "who lived in this place before",
          kept="life", start=0),
    Trait("ties_made", "state", "int8", "ties", 0, MOST_MADE, "ties that acting made",
          kept="life", plain=False),
    Trait("minutes_week", "state", "int16", "minutes", 0, 10_080, "given in that week", kept="life", start=0),
    Trait("worn", "state", "float64", "-", 0, 1, "how far rewards have worn the motive, as of the last act",
          kept="rewarded", start=0.0),
    Trait("turned_out", "state", "int32", "day", 0, MOST,
          "the day after turning out in an emergency last; 0: never", kept="called", start=0),
)

MEMBER = (
    Trait("home", "trait", "int32", "resident", -1, MOST, "where the member lives; -1 elsewhere",
          of="resident", plain=False),
    Trait("skill", "trait", "int8", "code", 0, 5, "skill"),
    Trait("time", "trait", "int8", "code", 0, 2, "when free: " + ", ".join(TIMES)),
    Trait("wish", "trait", "int8", "code", 1, 5, "wished kind of post, as a skill"),
    Trait("session", "trait", "int8", "code", 0, 4, "which day of that time is the day of service"),
    Trait("standing", "trait", "bool", "-", 0, 1, "leads a party group: serves for good"),
    Trait("status", "state", "int8", "code", 0, 3, "absent, registered, matched, decoupled"),
    Trait("post", "state", "int32", "index", -1, MOST, "the post; -1 without", of="post"),
    Trait("spells", "state", "int32", "posts", 0, MOST, "posts held so far"),
    Trait("q", "state", "int16", "permille", 0, 1000, "fit with the post"),
    Trait("ask_bank", "state", "int32", "minutes", 0, MOST, "asking time not yet used"),
)

FIRM = (
    Trait("effort", "state", "float64", "-", 0, 1, "effort of the property firm"),
    Trait("paid", "state", "float64", "share", 0, 1, "share of fees paid"),
)

WORKER = (
    Trait("grid", "trait", "int32", "index", 0, MOST, "the grid served", of="grid"),
    Trait("ask_bank", "state", "int32", "minutes", 0, MOST, "visiting time not yet used"),
)

ORGANISATION = (
    Trait("speciality", "trait", "int8", "code", 0, 3, "speciality: " + ", ".join(SPECIALITIES)),
    Trait("capacity", "state", "int32", "minutes/week", 0, MOST, "time it can sell; 0: it does not exist"),
    Trait("initiative", "state", "float64", "-", 0, 1, "readiness to act without an order"),
    Trait("sold", "state", "int32", "minutes", 0, MOST, "bought of it this week"),
    Trait("bank", "state", "int32", "minutes", 0, MOST, "bought for work this week and not yet worked"),
    Trait("own", "state", "int32", "minutes", 0, MOST, "unpaid time of this week not yet worked"),
    Trait("ask_bank", "state", "int32", "minutes", 0, MOST, "asking time not yet used"),
    Trait("led", "state", "int32", "acts", 0, MOST, "acts this week of residents whom it asked"),
    Trait("by_others", "state", "int64", "minute-percent", 0, 2**40,
          "work on its kinds this week by other organised forces"),
    Trait("in_field", "state", "int64", "minute-percent", 0, 2**40, "all work on its kinds this week"),
)

UNIT = (
    Trait("trade", "trait", "int8", "code", 0, 2, "what it is: " + ", ".join(TRADES)),
    Trait("compound", "trait", "int32", "index", 0, MOST, "the compound it is paired with", of="compound"),
    Trait("service_day", "trait", "int8", "day", 0, QUARTER - 1, "its day of service in each quarter"),
    Trait("rank", "trait", "float64", "-", 0, 1, "place in the order of linking; 0: linked already"),
    Trait("will", "trait", "float64", "-", 0, 1, "lot: whether it keeps its word where not all do"),
)

SORTER = (
    Trait("sorts", "state", "int8", "0 or 1", 0, 1, "whether the household sorts its waste this month"),
)
# fmt: on

AGENTS: Mapping[str, tuple[Trait, ...]] = {
    "resident": RESIDENT,
    "member": MEMBER,
    "firm": FIRM,
    "worker": WORKER,
    "organisation": ORGANISATION,
    "unit": UNIT,
    "sorter": SORTER,
}
"""Every kind of agent by the name it has in `columns`; a community holds them under the plural."""

ACTORS = (
    *("resident", "member", "worker", "firm"),
    *(f"{name} organisation" for name in SPECIALITIES),
    *TRADES,
)
BY_RESIDENT, BY_MEMBER, BY_WORKER, BY_FIRM, BY_ORGANISATION = range(5)
BY_UNIT = BY_ORGANISATION + len(SPECIALITIES)
"""Kinds of agents whose minutes go into a matter; what they are worth stands in `model/matters.py`. An
organisation of speciality s is BY_ORGANISATION + s, a unit of trade t BY_UNIT + t."""

COUNTED = tuple(kind for kind in AGENTS if kind not in ("resident", "member", "firm", "sorter"))
"""Kinds of agents of which there are as many as a figure of the place says, which bears their plural. How
many residents and firms there are follows from who lives there; members come and go; sorters are households,
where a policy has brought waste sorting."""

STARTS = {trait.name: trait.start for trait in RESIDENT if trait.start is not None}
"""What residents feel and have done on the first morning."""

SUMMED = tuple(trait.name for trait in RESIDENT if trait.summed)
"""States whose sums over adults are kept while they change."""


def sum_of(name: str) -> str:
    """The name that the sum of a state has, in quanta (see `agents.rules.learning.QUANTUM`)."""
    return f"{name}_quanta"


SUMS = tuple(map(sum_of, SUMMED))
"""The names of these sums, in a day's record and in the array engine's table of communities."""
