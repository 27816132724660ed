"""What `linli explain` shows: which resident and day was asked for, and the answer as data."""

from dataclasses import asdict
from typing import Any

from linli.model.attribution.chain import BASELINE, POLICY, Chains
from linli.model.attribution.explained import Explanation, explained
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.trace import Trace
from linli.model.city import City
from linli.model.errors import InputError, count_of
from linli.model.policies import Policy
from linli.model.scenario import Scenario


def lived(scenario: Scenario, policies: list[Policy], tick: Any) -> Lockstep:
    """Both arms, with what chains are followed through. Raises InputError for several communities."""
    if scenario.place.communities > 1:
        raise InputError(
            f"{scenario.name} has several communities: explain looks at one (see: linli list scenarios)"
        )
    city = City(scenario)
    city.run_to(scenario.burn_in, tick)
    return Lockstep(city, policies, Trace()).run(scenario.days, tick)


def asked_for(arms: Lockstep, resident: str | None, day: str | None) -> Explanation:
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
    found = explained(chains, who, when)
    if found is None:
        raise InputError(
            f"resident {who} has nothing to decide on day {when - burn_in}: "
            "no occasion and no ask in either arm"
        )
    return found


def _resident(arms: Lockstep, resident: str | None) -> int:
    if resident is not None:
        return count_of("--resident", resident, 0, arms.worlds[BASELINE].totals.residents - 1)
    found = arms.result().most_changed()
    if found < 0:
        raise InputError("no resident acts differently with these policies")
    return found


def as_data(found: Explanation) -> dict[str, Any]:
    """For JSON."""
    return {
        "resident": found.resident,
        "day": found.day,
        "candidate_day": found.candidate,
        "draw_occasion": found.u_occasion,
        "draw_acts": found.u_acts,
        "baseline": asdict(found.sides[BASELINE]),
        "policy": asdict(found.sides[POLICY]),
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
