"""One resident's decision in both arms on the same day, side by side, with the chain to its first cause."""

from dataclasses import dataclass

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.participation import TERMS, active_since, probability
from linli.model.attribution.chain import BASELINE, POLICY, Chains, Step


@dataclass(frozen=True)
class Side:
    """The decision in one arm. occasion: whether one came up; asked_by: one of `ASKERS`, or nothing; sight:
    unfinished matters; ties, active, serving: whom the resident knows, but for acquaintances from acting, who
    of them acted lately, and who of them serves as a party member; rate: of occasions [1/day]; terms: of the
    appeal, by name; probability: of acting, given a reason."""

    acts: bool
    rests: bool
    occasion: bool
    asked_by: str
    sight: int
    ties: int
    active: int
    serving: int
    rate: float
    terms: dict[str, float]
    probability: float


@dataclass(frozen=True)
class Explanation:
    """A resident's day in both arms. day: as the chains count them; u_occasion, u_acts: the draws that both
    share; candidate: whether the diary has a candidate day; steps: to the first cause, empty where both do
    the same."""

    resident: int
    day: int
    candidate: bool
    u_occasion: float
    u_acts: float
    sides: tuple[Side, Side]
    steps: list[Step]

    @property
    def same(self) -> bool:
        """Whether the resident does the same in both arms."""
        return self.sides[BASELINE].acts == self.sides[POLICY].acts


def explained(chains: Chains, resident: int, day: int) -> Explanation | None:
    """A resident's day of the run; None where there was nothing to decide: no occasion and no ask."""
    trace = chains.trace
    found = (trace.who[day] == resident).nonzero()[0]
    if len(found) == 0:
        return None
    n = int(found[0])
    u_occasion, u_acts = trace.luck[day][:, n].tolist()
    candidate = bool(trace.noons[BASELINE][day].seen.candidate[n])
    sides = _side(chains, BASELINE, resident, day, n), _side(chains, POLICY, resident, day, n)
    steps = chains.back_from(resident, day)
    return Explanation(resident, chains.told(day), candidate, u_occasion, u_acts, sides, steps)


def last_day_to_decide(chains: Chains, resident: int, behind: int) -> int | None:
    """The last day of the run before `behind` on which somebody was asked or had an occasion in one arm."""
    who = chains.trace.who
    days = (day for day in sorted(who, reverse=True) if day < behind)
    return next((day for day in days if (who[day] == resident).any()), None)


def _side(chains: Chains, arm: int, resident: int, day: int, n: int) -> Side:
    trace = chains.trace
    noon = trace.noons[arm][day]
    seen, ties = noon.seen, chains.ties_of(resident)
    serving, since = noon.serving[ties], active_since(day, chains.city.parameters.W)
    terms = dict(zip(TERMS, seen.terms[n].tolist(), strict=True))
    return Side(
        acts=bool(trace.acts[day][arm][n]),
        rests=bool(seen.rests[n]),
        occasion=bool(trace.occasions[day][arm][n]),
        asked_by=ASKERS[int(seen.source[n])] if seen.level[n] else "",
        sight=int(seen.sight[n]),
        ties=len(ties),
        active=int(((noon.last_acted[ties] >= since) & ~serving).sum()),
        serving=int(serving.sum()),
        rate=float(seen.rate[n]),
        terms=terms,
        probability=float(probability(sum(terms.values()))),
    )
