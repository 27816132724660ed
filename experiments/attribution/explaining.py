"""One decision in both arms on the same day, and the chain to its first cause: what `linli explain` shows."""

from dataclasses import dataclass
from typing import Any

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.participation import TERMS, probability
from linli.model.attribution.chain import ARMS, BASELINE, POLICY, Chains, Step
from linli.model.attribution.channels import CHANNELS, CODE
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.seen import Seen
from linli.model.attribution.trace import Trace
from linli.model.city import City
from linli.model.errors import InputError, count_of
from linli.model.policies import Policy
from linli.model.scenario import Scenario


@dataclass(frozen=True)
class Side:
    """The decision in one arm. terms: of the appeal, by name; probability: of acting, given a reason."""

    acts: bool
    rests: bool
    asked_by: str
    sight: int
    rate: float
    terms: dict[str, float]
    probability: float


@dataclass(frozen=True)
class Explanation:
    """A resident's day in both arms. day: after the burn-in; u_occasion, u_acts: the draws that both share;
    candidate: whether the diary has a candidate day; steps: to the first cause, empty where both do
    the same."""

    resident: int
    day: int
    candidate: bool
    u_occasion: float
    u_acts: float
    sides: tuple[Side, Side]
    steps: list[Step]


def lived(scenario: Scenario, policies: list[Policy], tick: Any) -> Lockstep:
    """Both arms, with what chains are followed through. Raises InputError for several communities."""
    if scenario.place.communities > 1:
        raise InputError(
            f"{scenario.name} has several communities: explain looks at one (see: linli list scenarios)"
        )
    city = City(scenario)
    city.run_to(scenario.burn_in, tick)
    return Lockstep(city, policies, Trace()).run(scenario.days, tick)


def explained(arms: Lockstep, resident: str | None, day: str | None) -> Explanation:
    """The decision that was asked for. resident: None takes whose days differ most often; day: after the
    burn-in, None takes the one with the longest chain. Raises InputError."""
    chains, burn_in = Chains(arms), arms.burn_in
    who = _resident(arms, resident)
    if day is not None:
        when = count_of("--day", day, 0, arms.days - 1) + burn_in
    else:
        differing = chains.days_of(who)
        if not differing:
            raise InputError(f"resident {who} acts on the same days in both arms: name a --day")
        when = max(differing, key=lambda d: len(chains.back_from(who, d)))
    return _explanation(arms, chains, who, when)


def _resident(arms: Lockstep, resident: str | None) -> int:
    if resident is not None:
        return count_of("--resident", resident, 0, arms.worlds[BASELINE].totals.residents - 1)
    found = arms.result().most_changed()
    if found < 0:
        raise InputError("no resident acts differently with these policies")
    return found


def _explanation(arms: Lockstep, chains: Chains, who: int, day: int) -> Explanation:
    trace = chains.trace
    found = (trace.who[day] == who).nonzero()[0]
    if len(found) == 0:
        raise InputError(
            f"resident {who} has nothing to decide on day {day - arms.burn_in}: "
            "no candidate day and no ask in either arm"
        )
    n = int(found[0])
    sides = [
        _side(trace.noons[arm][day].seen, n, bool(trace.acts[day][arm][n])) for arm in (BASELINE, POLICY)
    ]
    u_occasion, u_acts = trace.luck[day][:, n].tolist()
    candidate = bool(trace.noons[BASELINE][day].seen.candidate[n])
    steps = chains.back_from(who, day)
    return Explanation(who, day - arms.burn_in, candidate, u_occasion, u_acts, (sides[0], sides[1]), steps)


def _side(seen: Seen, n: int, acts: bool) -> Side:
    terms = dict(zip(TERMS, seen.terms[n].tolist(), strict=True))
    asked_by = ASKERS[int(seen.source[n])] if seen.level[n] else ""
    chance = float(probability(sum(terms.values())))
    return Side(acts, bool(seen.rests[n]), asked_by, int(seen.sight[n]), float(seen.rate[n]), terms, chance)


def as_data(found: Explanation) -> dict[str, Any]:
    """For JSON."""
    return {
        "resident": found.resident,
        "day": found.day,
        "candidate_day": found.candidate,
        "draw_occasion": found.u_occasion,
        "draw_acts": found.u_acts,
        "baseline": vars(found.sides[BASELINE]),
        "policy": vars(found.sides[POLICY]),
        "chain": [
            {
                "day": step.day,
                "resident": step.resident,
                "acts": step.acts,
                "class": step.channel,
                "cause": step.cause.en,
                "cause_zh": step.cause.zh,
            }
            for step in found.steps
        ],
    }


def step_in_words(step: Step, lang: str) -> str:
    """A step of the chain on one line."""
    channel = CHANNELS[CODE[step.channel]].said(lang)
    arm = ARMS[POLICY if step.acts > 0 else BASELINE].said(lang)
    if lang == "zh":
        what = f"只在{arm}参与" if step.acts else "两方都参与，但用于事务的时间不同"
        return f"第{step.day}日，居民{step.resident}{what}：{channel}。原因：{step.cause.zh}"
    what = f"acts only {arm}" if step.acts else "acts in both arms, with other minutes on matters"
    return f"day {step.day}: resident {step.resident} {what}: {channel}; {step.cause.en}"
