"""Why a resident took part, or did not: the terms of a decision, read from the mornings and evenings of a world.

The rules are those of `agents/rules/`; here is only what was perceived. A world is looked at on the morning of
a day and on its evening: motive, efficacy, trust and fatigue are those of the morning (changes are committed
at the end of a day), asks and who serves are those heard and seen by the evening.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.chance import draw, key
from agents.decision import ACTS
from agents.rules.asking import ask_level, ask_weight
from agents.rules.learning import fatigue_now
from agents.rules.matching import MATCHED
from agents.rules.occasion import highest_rate, occasion_rate, occurs, rests_since
from agents.rules.participation import active_share, active_since, appeal, probability, takes_part
from agents.traits import CHILD
from model.array.columns import World
from model.city import City
from model.matters import SHARED
from model.parameters import Parameters
from model.policies import levers_on

TERMS = ("motive", "neighbours", "ask", "efficacy", "trust", "fatigue")
"""What an appeal is the sum of, in the order of the equation."""

LOOK_BACK = 180
"""A decision longer ago than this is not looked for [days]."""


@dataclass(frozen=True)
class Seen:
    """What a resident perceived on a day of decision. day: from the first day of the run; level: how asked (0
    not, 1 by a stranger, 2 by somebody known); active, serving: ties who acted lately, and who serve as party
    members; ties: all of them; since: days since the last act."""

    day: int
    level: int
    theta: float
    active: int
    serving: int
    ties: int
    efficacy: float
    trust: float
    fatigue: float
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


def terms_of(seen: Seen, p: Parameters) -> dict[str, float]:
    """The terms of the appeal, by name."""
    return {
        "motive": seen.theta,
        "neighbours": p.J * active_share(seen.active, seen.serving, seen.ties, p.w_P),
        "ask": ask_weight(seen.level, p.A_stranger, p.A_known),
        "efficacy": p.E * (seen.efficacy - 0.5),
        "trust": p.tau * (seen.trust - 0.5),
        "fatigue": -fatigue_now(seen.fatigue, p.delta_F, seen.since),
    }


def decided(seen: Seen, p: Parameters, seed: int, who: int, burn_in: int) -> Decision:
    """The decision that follows from what was seen. who: key of the resident."""
    of = (seen.active, seen.serving, seen.ties, p.w_P)
    asked = ask_weight(seen.level, p.A_stranger, p.A_known)
    tired = fatigue_now(seen.fatigue, p.delta_F, seen.since)
    speaks = appeal(
        seen.theta, p.J, active_share(*of), asked, p.E, seen.efficacy, p.tau, seen.trust, tired
    )
    acts = bool(takes_part(speaks, draw(seed, who, seen.day, ACTS, 0)))
    return Decision(
        seen.day + 1 - burn_in, seen, terms_of(seen, p), speaks, float(probability(speaks)), acts
    )


def last_decision(mornings: Iterator[tuple[City, City]], resident: int) -> Decision | None:
    """The newest decision of a resident in a span of days. mornings: a world on a morning and on the next."""
    newest = None
    for morning, evening in mornings:
        newest = decision_on(morning, evening, resident) or newest
    return newest


def decision_on(morning: City, evening: City, resident: int) -> Decision | None:
    """What a resident decided on the day between two looks at a world; None if there was nothing to decide.

    morning: before the day; evening: after it. A resident who moves out on that very day is not looked at.
    """
    p, day = morning.parameters, morning.day
    before, after = morning.world, evening.world
    if before.people[resident]["age"] == CHILD or before.last_acted[resident] >= rests_since(day, p.R):
        return None
    if before.people[resident]["theta"] != after.people[resident]["theta"]:
        return None
    level = int(ask_level(after.people[resident]["heard"], day))
    if not level and not _has_occasion(morning, evening, resident):
        return None
    active, serving, ties = _ties_seen(before, after, resident, active_since(day, p.W))
    person = before.people[resident]
    seen = Seen(
        day=day,
        level=level,
        theta=float(person["theta"]),
        active=active,
        serving=serving,
        ties=ties,
        efficacy=float(person["efficacy"]),
        trust=float(person["trust"]),
        fatigue=float(person["fatigue"]),
        since=day - int(before.last_acted[resident]),
    )
    return decided(seen, p, morning.seed, key_of(before, resident), morning.settings.burn_in)


def open_matters(world: World) -> NDArray[Any]:
    """All unfinished matters, one record each (see `model.array.columns.MATTER`)."""
    spans = zip(world.com["slot"][:-1], world.com["open"][:-1], strict=True)
    return world.matters[np.concatenate([world.order[first : first + n] for first, n in spans])]


def key_of(world: World, resident: int) -> int:
    """The entity of a resident's draws."""
    community = int(np.searchsorted(world.com["resident"], resident, side="right")) - 1
    return int(key(int(world.com["number"][community]), resident - int(world.com["resident"][community])))


def _ties_seen(before: World, after: World, resident: int, since: int) -> tuple[int, int, int]:
    """Ties who acted lately without serving, who serve, and all of them, as in the morning of the decision.

    Members take up and leave posts before residents decide, so who serves is seen in the evening; but a member
    who moves out in the evening still served in the day.
    """
    ties = before.ties[before.tie_start[resident] : before.tie_start[resident + 1]]
    left = (before.members["home"] >= 0) & (after.members["home"] < 0) & (after.members["status"] == MATCHED)
    serves = after.serving[ties] | np.isin(ties, before.members["home"][left])
    active = (before.last_acted[ties] >= since) & ~serves
    return int(active.sum()), int(serves.sum()), len(ties)


def _has_occasion(morning: City, evening: City, resident: int) -> bool:
    """Whether today's candidate day was a real occasion.

    It depends on the open matters in sight when residents decide: those of the morning and the new ones. New
    ones that were solved the same day leave no trace but their number; where that leaves it open whether there
    was an occasion, the day is passed over.
    """
    before, after, p, day = morning.world, evening.world, morning.parameters, morning.day
    if before.next_occasion[resident] != day:
        return False
    house, place = before.people[resident]["building"], before.people[resident]["compound"]
    new = open_matters(after)
    new = new[(new["arose"] == day) & (new["compound"] == place)]
    seen = int((SHARED[new["kind"]] | (new["building"] == house)).sum())
    seen += int(before.buildings[house]["open_matters"]) + int(before.compounds[place]["open_shared"])
    gone = int(after.compounds[place]["arisen"]) - int(before.compounds[place]["arisen"]) - len(new)
    if evening.world.last_acted[resident] == day:
        return True
    settings, place_of = morning.settings, morning.place
    council = levers_on(day - settings.burn_in, settings.policies, place_of.sunk_members, p, place_of).council
    highest = highest_rate(p.lambda0, p.council_occasions, p.mu)
    rates = [
        occasion_rate(p.lambda0, p.council_occasions, council, p.mu, open_, p.n_bar)
        for open_ in (seen, seen + gone)
    ]
    who = key_of(before, resident)
    return all(occurs(rate, highest, morning.seed, who, day) for rate in rates)
