"""One resident's days in both worlds: occasions, asks, acts, and what wears on and carries him or her.

Occasions, asks and acts are those that an account keeps anyway (`model.attribution.trace`). Fatigue and
efficacy are looked at every few days, of everybody at once, since nobody knows who will be asked about.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.asking import NOT_ASKED
from linli.agents.rules.fatigue import left_after
from linli.model.attribution.chain import Chains
from linli.model.attribution.lockstep import Lockstep
from linli.model.engines import Engine

ACTED_ASKED, ACTED, REFUSED, PASSED = KINDS = ("acted_asked", "acted_self", "refused", "passed")
"""What a day with something to decide came to: acted when asked, acted unasked, asked and did not act, an
occasion that passed."""

MOST_LOOKS = 73
"""Days on which everybody is looked at, about: in a year every fifth. They take some 6 MB in Donghu."""

Halves = NDArray[np.float16]


@dataclass(frozen=True)
class Side:
    """A life in one world. events: (day, one of KINDS); fatigue, efficacy: on `Life.looked`."""

    events: tuple[tuple[int, str], ...]
    fatigue: tuple[float, ...]
    efficacy: tuple[float, ...]

    def many(self, *kinds: str) -> int:
        """Days of some kinds."""
        return sum(kind in kinds for _, kind in self.events)


@dataclass(frozen=True)
class Life:
    """A resident's days in both worlds up to `day`, as days are shown. looked: days of the curves."""

    day: int
    looked: tuple[int, ...]
    sides: tuple[Side, Side]


class Looks:
    """Everybody's fatigue and efficacy in both arms, on some `MOST_LOOKS` days however long the run is."""

    def __init__(self, arms: Lockstep, days: int) -> None:
        self.days: list[int] = []
        self._apart = max(1, days // MOST_LOOKS)
        self._seen: list[tuple[tuple[Halves, Halves], ...]] = []
        self.look(arms)

    def look(self, arms: Lockstep) -> None:
        """Today's, unless the last look was a short while ago."""
        if not self.days or arms.days - self.days[-1] >= self._apart:
            self.days.append(arms.days)
            self._seen.append(tuple(_felt(world) for world in arms.worlds))

    def of(self, arm: int, resident: int, many: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Fatigue and efficacy of somebody at the first so many looks."""
        both = [[float(of[resident]) for of in seen[arm]] for seen in self._seen[:many]]
        return tuple(fatigue for fatigue, _ in both), tuple(efficacy for _, efficacy in both)


def _felt(world: Engine) -> tuple[Halves, Halves]:
    """Everybody's fatigue, as much as is left of it this morning, and efficacy."""
    people = world.columns("resident")
    days = np.maximum(world.day - people["last_acted"].astype(float), 0.0)
    left = left_after(world.parameters.delta_F, 1) ** days
    return (people["fatigue"] * left).astype(np.float16), people["efficacy"].astype(np.float16)


def life_of(chains: Chains, looks: Looks, resident: int, day: int) -> Life:
    """A resident's days up to a shown day."""
    many = sum(looked <= day for looked in looks.days)
    sides = [Side(_events(chains, arm, resident, day), *looks.of(arm, resident, many)) for arm in range(2)]
    return Life(day, tuple(looks.days[:many]), (sides[0], sides[1]))


def _events(chains: Chains, arm: int, resident: int, day: int) -> tuple[tuple[int, str], ...]:
    """What every day with something to decide came to in an arm."""
    trace, found = chains.trace, []
    for at in range(chains.burn_in, chains.burn_in + day):
        n = _row(trace.who[at], resident)
        if n is None:
            continue
        seen = trace.noons[arm][at].seen
        kind = _kind(
            bool(seen.level[n] > NOT_ASKED), bool(trace.occasions[at][arm][n]), bool(trace.acts[at][arm][n])
        )
        if kind:
            found.append((chains.told(at), kind))
    return tuple(found)


def _row(who: NDArray[np.int64], resident: int) -> int | None:
    """Where a resident stands among those of a day, who ascend."""
    n = int(np.searchsorted(who, resident))
    return n if n < len(who) and who[n] == resident else None


def _kind(asked: bool, occasion: bool, acts: bool) -> str:
    if asked:
        return ACTED_ASKED if acts else REFUSED
    return ACTED if acts else PASSED if occasion else ""
