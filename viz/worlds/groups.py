"""Who has more and who less with the policies: adults by tenure, age and compound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.traits import AGES, CHILD, TENURES
from linli.model.attribution.result import Attribution
from linli.viz.worlds import Pair

THOUSAND = 1000.0

GROUPS: tuple[tuple[str, int], ...] = (
    *(("tenure", code) for code in range(len(TENURES))),
    *(("age", code) for code in range(len(AGES)) if code != CHILD),
)
"""Groups that every place has: the trait, and its code."""

LEAST = {"acts": 1.0, "hours": 0.5, "trust": 0.05, "efficacy": 0.05, "satisfaction": 0.05}
"""What more or less can be had of, and the least difference that counts: acts, hours on matters [h], and
feelings [0 to 1], of which smaller differences sooner or later everybody has."""

FROM_ACCOUNT = {"acts": ("acts", 1.0), "hours": ("minutes", 1.0 / 60.0)}
"""What the account of both worlds adds up, by the column of its rows; the rest is how people feel."""


@dataclass(frozen=True)
class Shares:
    """A group. adults: in it; more, less: how many of them have more or less with the policies."""

    of: str
    code: int
    adults: int
    more: int
    less: int


def changes(pair: Pair, found: Attribution, day: int, what: str) -> NDArray[np.float64]:
    """How much more everybody has with the policies. found: differences up to the day; what: of LEAST."""
    if what in FROM_ACCOUNT:
        column, factor = FROM_ACCOUNT[what]
        added = np.zeros(len(pair.town.people))
        np.add.at(added, found.rows["resident"], factor * found.rows[column])
        return added
    with pair.lock:
        before, after = (
            track.at(day).columns("resident")[what].astype(float) for track in (pair.baseline, pair.policy)
        )
    return after - before


def shares(pair: Pair, changed: NDArray[np.float64], what: str) -> list[Shares]:
    """GROUPS, then the compounds, those with most who gain over those who lose first."""
    people, least = pair.town.people, LEAST[what]
    homes: dict[str, NDArray[Any]] = {"tenure": people.tenure, "age": people.age, "compound": people.compound}

    def of(trait: str, code: int) -> Shares:
        here = changed[inside(homes, trait, code)]
        return Shares(trait, code, len(here), int((here >= least).sum()), int((here <= -least).sum()))

    compounds = [of("compound", code) for code in range(len(people.compound_grid))]
    compounds.sort(key=lambda one: -(one.more - one.less) / max(1, one.adults))
    return [*(of(*group) for group in GROUPS), *compounds]


def inside(homes: Mapping[str, NDArray[Any]], trait: str, code: int) -> NDArray[np.bool_]:
    """Adults of a group. homes: traits of everybody."""
    found: NDArray[np.bool_] = (homes[trait] == code) & (homes["age"] != CHILD)
    return found


def acts_by_group(found: Attribution, days: int) -> tuple[float, ...]:
    """Acts more with the policies in each of GROUPS, for each 1000 of its adults and day."""
    rates = []
    for trait, code in GROUPS:
        here = inside(found.homes, trait, code)
        acts = int(found.rows["acts"][here[found.rows["resident"]]].sum())
        rates.append(THOUSAND * acts / (max(1, int(here.sum())) * days))
    return tuple(rates)
