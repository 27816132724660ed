"""What an agent is made of: each column with its type, unit, range and meaning.

Both engines read this table: a Mesa agent carries the names as attributes, an array engine as columns. Traits
are fixed when somebody moves in; states change. What the codes mean stands here too.
"""

from dataclasses import dataclass

CHILD, YOUNG, MIDDLE, ELDER, OLD = range(5)
AGES = ("0-17", "18-39", "40-59", "60-69", "70+")
"""Age groups in years, by code."""

OWNER, TENANT = range(2)
TENURES = ("owner", "tenant")

NO_SKILL, CARE, MEDIATION, MAINTENANCE, DIGITAL, ORGANISING = range(6)
SKILLS = ("none", "care", "mediation", "maintenance", "digital", "organising")

WEEKDAY, EVENING, WEEKEND = range(3)
TIMES = ("weekday", "evening", "weekend")

NEVER = -30_000
"""The day of the last act of somebody who never acted."""


@dataclass(frozen=True)
class Trait:
    """One column of an agent. kind: "trait" (fixed) or "state" (changes)."""

    name: str
    kind: str
    dtype: str
    unit: str
    low: float
    high: float
    meaning: str


RESIDENT = (
    Trait("compound", "trait", "int32", "index", 0, 2**31 - 1, "the compound of the home"),
    Trait("building", "trait", "int32", "index", 0, 2**31 - 1, "the building of the home"),
    Trait("household", "trait", "int32", "index", 0, 2**31 - 1, "the household"),
    Trait("age", "trait", "int8", "code", 0, 4, "age group: " + ", ".join(AGES)),
    Trait("tenure", "trait", "int8", "code", 0, 1, "owner or tenant"),
    Trait("party", "trait", "bool", "-", 0, 1, "a directly managed party member"),
    Trait("free_minutes", "trait", "int16", "minutes/week", 0, 10_080, "free time for taking part"),
    Trait("skill", "trait", "int8", "code", 0, 5, "skill: " + ", ".join(SKILLS)),
    Trait("theta", "trait", "float64", "utility", -100, 100, "own motive to take part"),
    Trait("efficacy", "state", "float64", "-", 0, 1, "confidence that acting helps"),
    Trait("trust", "state", "float64", "-", 0, 1, "trust that matters are truly resolved"),
    Trait("fatigue", "state", "float64", "-", 0, 1000, "tiredness, as of the last act"),
    Trait("satisfaction", "state", "float64", "-", 0, 1, "satisfaction with the property service"),
    Trait("last_acted", "state", "int32", "day", NEVER, 2**31 - 1, "day of the last act"),
    Trait("next_occasion", "state", "int32", "day", -1, 2**31 - 1, "next candidate day; -1 for children"),
    Trait("heard", "state", "int32", "stamp", 0, 2**31 - 1, "the strongest ask of the newest day"),
    Trait(
        "registered", "state", "int32", "day", NEVER, 2**31 - 1, "day of joining the volunteers; NEVER if not"
    ),
    Trait("minutes_year", "state", "int32", "minutes", 0, 2**31 - 1, "given since the year began"),
    Trait("week", "state", "int32", "week", -1, 2**31 - 1, "week of the last act"),
    Trait("minutes_week", "state", "int16", "minutes", 0, 10_080, "given in that week"),
)

MEMBER = (
    Trait("home", "trait", "int32", "resident", -1, 2**31 - 1, "where the member lives; -1 elsewhere"),
    Trait("skill", "trait", "int8", "code", 0, 5, "skill"),
    Trait("time", "trait", "int8", "code", 0, 2, "when free: " + ", ".join(TIMES)),
    Trait("wish", "trait", "int8", "code", 1, 5, "wished kind of post, as a skill"),
    Trait("standing", "trait", "bool", "-", 0, 1, "leads a party group: serves for good"),
    Trait("status", "state", "int8", "code", 0, 3, "absent, registered, matched, decoupled"),
    Trait("post", "state", "int32", "index", -1, 2**31 - 1, "the post; -1 without"),
    Trait("q", "state", "int16", "permille", 0, 1000, "fit with the post"),
    Trait("ask_bank", "state", "int32", "minutes", 0, 2**31 - 1, "asking time not yet used"),
)

FIRM = (
    Trait("effort", "state", "float64", "-", 0, 1, "effort of the property firm"),
    Trait("paid", "state", "float64", "share", 0, 1, "share of fees paid"),
)

WORKER = (
    Trait("grid", "trait", "int32", "index", 0, 2**31 - 1, "the grid served"),
    Trait("ask_bank", "state", "int32", "minutes", 0, 2**31 - 1, "visiting time not yet used"),
)
