"""What is known that a measure can be held against: figures with their band, source and use, as data."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from linli.experiments.store.manifest import digest
from linli.model.errors import InputError, unknown
from linli.model.measures import MEASURES

FOLDER = Path(__file__).resolve().parent
CALIBRATION, VALIDATION = "calibration", "validation"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One figure. measure: its definition, by name; low, high: the band, in the measure's unit; target: the
    published figure, None where a band is all there is; use: calibration, or validation; source: a title."""

    measure: str
    low: float
    high: float
    use: str
    source: str
    target: float | None = None

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise unknown("measure", self.measure, MEASURES)
        if self.use not in (CALIBRATION, VALIDATION):
            raise unknown("use", self.use, (CALIBRATION, VALIDATION))
        if not self.low <= self.aim <= self.high:
            raise InputError(f"{self.measure}: the target lies outside its band")

    @property
    def aim(self) -> float:
        """The target, or the middle of the band."""
        return (self.low + self.high) / 2.0 if self.target is None else self.target

    def distance(self, value: float) -> float:
        """How far a value lies from the aim: 0 there, 1 at the edge of the band, more outside it."""
        edge = self.low if value < self.aim else self.high
        if value == self.aim:
            return 0.0
        room = abs(edge - self.aim)
        far = abs(value - self.aim) / room if room else float("inf")
        return far if far == far else float("inf")

    def holds(self, value: float) -> bool:
        """Whether a value lies inside the band."""
        return self.low <= value <= self.high


@cache
def evidence(place: str = "donghu") -> tuple[Evidence, ...]:
    """All there is on a place."""
    data = tomllib.loads((FOLDER / f"{place}.toml").read_text(encoding="utf-8"))
    return tuple(Evidence(**entry) for entry in data["evidence"])


def targets(place: str = "donghu") -> tuple[Evidence, ...]:
    """What values may be chosen by."""
    return tuple(e for e in evidence(place) if e.use == CALIBRATION)


def distance(measures: Mapping[str, float], among: tuple[Evidence, ...]) -> float:
    """The largest distance of any measure: at most 1 where every one lies inside its band."""
    return max(e.distance(measures[e.measure]) for e in among)


def hash_of(figures: Sequence[Evidence]) -> str:
    """Identifies what worlds were judged by."""
    return digest([asdict(figure) for figure in figures])
