"""Why a resident took part, or did not: the terms of a decision, read from a world before and after a day.

The rules are those of `agents/rules/`; here is only what was perceived. A world is looked at on the morning
of a day and on its evening: motive, efficacy, trust and fatigue are those of the morning (changes are
committed at the end of a day), asks and who serves are those heard and seen by the evening.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.chance import draws, key
from linli.agents.decision import OCCASION
from linli.agents.rules.asking import ask_level
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.matching import MATCHED
from linli.agents.rules.occasion import (
    factor_of_day,
    highest_rate,
    is_of_working_age,
    is_real,
    occasion_rate,
)
from linli.agents.rules.participation import (
    TERMS,
    active_since,
    added_up,
    probability,
    takes_part,
    terms_perceived,
)
from linli.agents.rules.rest import rest_of, rests_since
from linli.agents.traits import CHILD
from linli.model.array.tables.columns import World
from linli.model.array.tables.reading import acquaintances, of_one
from linli.model.city import City
from linli.model.matters import SHARED
from linli.model.parameters import Parameters
from linli.model.policies import levers_on

LOOK_BACK = 180
"""A decision longer ago than this is not looked for [days]."""


@dataclass(frozen=True)
class Seen:
    """What a resident perceived on a day of decision. day: from the first day of the run; level: how asked (0
    not, 1 by a stranger, 2 by somebody known); active, serving: ties who acted lately, and who serve as party
    members; ties: all of them; made_active, made_serving, made: likewise of acquaintances from acting;
    on_beat: members who serve in the building; since: days since the last act."""

    day: int
    level: int
    theta: float
    active: int
    serving: int
    ties: int
    made_active: int
    made_serving: int
    made: int
    on_beat: int
    efficacy: float
    trust: float
    fatigue: float
    habit: float
    since: int


@dataclass(frozen=True)
class Decision:
    """A decision with its terms, which add up to the appeal [-]. day: shown, the evening of the decision;
    chance: probability of acting; acted: what came of it."""

    day: int
    seen: Seen
    terms: dict[str, float]
    appeal: float
    chance: float
    acted: bool


@dataclass(frozen=True, eq=False)
class Look:
    """A town as it stood one morning. people, members: columns; in_house, in_compound: open matters in sight;
    serving: members who serve in each building; arisen: matters so far, by compound; matters: the unfinished
    ones; made_ties: pairs of those whom acting made acquainted."""

    day: int
    people: dict[str, NDArray[Any]]
    members: dict[str, NDArray[Any]]
    in_house: NDArray[Any]
    in_compound: NDArray[Any]
    serving: NDArray[Any]
    arisen: NDArray[Any]
    matters: NDArray[Any]
    made_ties: NDArray[np.int64]

    @classmethod
    def at(cls, city: City) -> "Look":
        """The town this morning."""
        w = city.world
        return cls(
            city.day,
            city.columns("resident"),
            city.columns("member"),
            w.buildings["open_matters"].copy(),
            w.compounds["open_shared"].copy(),
            w.buildings["serving"].copy(),
            w.compounds["arisen"].copy(),
            open_matters(w),
            acquaintances(w, 0),
        )

    def acquaintances(self, i: int) -> NDArray[np.int64]:
        """Those whom acting made acquainted with a resident."""
        return np.array(of_one(self.made_ties, i), dtype=np.int64)


def open_matters(world: World) -> NDArray[Any]:
    """All unfinished matters, one record each (see `model.array.tables.columns.MATTER`)."""
    spans = zip(world.com["slot"][:-1], world.com["open"][:-1], strict=True)
    slots = np.concatenate([world.order[first : first + n] for first, n in spans])
    found: NDArray[Any] = world.matters[slots]
    return found


def terms_of(seen: Seen, p: Parameters) -> dict[str, float]:
    """The terms of the appeal, by name."""
    terms = terms_perceived(
        seen.theta, p.J, seen.active, seen.serving, seen.ties, p.w_P, seen.level, p.A_stranger, p.A_known,
        p.E, seen.efficacy, p.tau, seen.trust, seen.fatigue, left_after(p.delta_F, seen.since),
        p.b_h, seen.habit, left_after(p.delta_h, seen.since), p.seen, seen.on_beat, p.chi,
        seen.made_active, seen.made_serving, seen.made,
    )  # fmt: skip
    return dict(zip(TERMS, terms, strict=True))


def decided(seen: Seen, p: Parameters, u: float, burn_in: int) -> Decision:
    """The decision that follows from what was seen. u: the draw that decides."""
    terms = terms_of(seen, p)
    appeal = added_up(*terms.values())
    acts = bool(takes_part(appeal, u))
    return Decision(seen.day + 1 - burn_in, seen, terms, appeal, float(probability(appeal)), acts)


def decision_on(
    city: City, morning: Look, evening: Look, resident: int, ties: NDArray[np.int32]
) -> Decision | None:
    """What a resident decided on the day between two looks at a town; None if there was nothing to decide.

    city: the town (for its settings); ties: the residents that this one is tied to. Somebody who moves out on
    that very day is not looked at.
    """
    p, day, people = city.parameters, morning.day, morning.people
    theta = float(people["theta"][resident])
    rest = rest_of(p.R, p.rest_motive, theta, p.theta_mean, p.sigma)
    if people["age"][resident] == CHILD or people["last_acted"][resident] >= rests_since(day, rest):
        return None
    if theta != evening.people["theta"][resident]:
        return None
    who = key(int(city.world.com["number"][0]), resident)
    u_occasion, u_acts, _, _ = draws(city.seed, who, day, OCCASION, 0)
    level = int(ask_level(evening.people["heard"][resident], day))
    if not level and not _has_occasion(city, morning, evening, resident, u_occasion):
        return None
    since, made = active_since(day, p.W), morning.acquaintances(resident)
    active, serving = _ties_seen(morning, evening, ties, since)
    made_active, made_serving = _ties_seen(morning, evening, made, since)
    seen = Seen(
        day=day,
        level=level,
        theta=theta,
        active=active,
        serving=serving,
        ties=len(ties),
        made_active=made_active,
        made_serving=made_serving,
        made=len(made),
        on_beat=int(evening.serving[people["building"][resident]]),
        efficacy=float(people["efficacy"][resident]),
        trust=float(people["trust"][resident]),
        fatigue=float(people["fatigue"][resident]),
        habit=float(people["habit"][resident]),
        since=day - int(people["last_acted"][resident]),
    )
    return decided(seen, p, u_acts, city.settings.burn_in)


def _ties_seen(morning: Look, evening: Look, ties: NDArray[Any], since: int) -> tuple[int, int]:
    """Ties who acted lately without serving, and ties who serve, on the day between two looks.

    Members take up and leave posts before residents decide, so who serves is seen in the evening; but a
    member who moves out in the evening still served in the day.
    """
    before, after = morning.members["home"], evening.members["home"]
    homes = after.copy()
    homes[: len(before)] = np.where(before >= 0, before, after[: len(before)])
    serving = np.isin(ties, homes[(evening.members["status"] == MATCHED) & (homes >= 0)])
    active = (morning.people["last_acted"][ties] >= since) & ~serving
    return int(active.sum()), int(serving.sum())


def _has_occasion(city: City, morning: Look, evening: Look, resident: int, u: float) -> bool:
    """Whether today's candidate day was a real occasion. u: the draw that decides.

    It depends on the open matters in sight when residents decide: those of the morning and the new ones. New
    ones that were solved the same day leave no trace but their number; where that leaves it open whether
    there was an occasion, the day is passed over.
    """
    p, day, people = city.parameters, morning.day, morning.people
    if people["next_occasion"][resident] != day:
        return False
    if evening.people["last_acted"][resident] == day:
        return True
    house, place = people["building"][resident], people["compound"][resident]
    new = evening.matters
    new = new[(new["arose"] == day) & (new["compound"] == place)]
    seen = int((SHARED[new["kind"]] | (new["building"] == house)).sum())
    seen += int(morning.in_house[house]) + int(morning.in_compound[place])
    gone = int(evening.arisen[place]) - int(morning.arisen[place]) - len(new)
    council = _council(city, day)
    highest = highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend)
    factor = factor_of_day(day, is_of_working_age(people["age"][resident]), p.weekend)
    rates = (
        occasion_rate(p.lambda0, p.council_occasions, council, p.mu, open_, p.n_bar, factor)
        for open_ in (seen, seen + gone)
    )
    return all(is_real(rate, highest, u) for rate in rates)


def _council(city: City, day: int) -> float:
    """How empowered the residents' council was on a day."""
    settings = city.settings
    sunk = city.place.sunk_members
    return levers_on(day - settings.burn_in, settings.policies, sunk, city.parameters, city.place).council
