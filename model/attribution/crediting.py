"""Which term of a decision differed first: one arm's terms are put into the other arm's decision one by one.

Compiled, and the same for both engines: a decision is worked out by the rules that made it.
"""

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.compiled import loop_in_place, part, rule
from linli.agents.rules.asking import NOT_ASKED
from linli.agents.rules.occasion import NO_OCCASION, has_reason, occasion_kind
from linli.agents.rules.participation import TERMS, takes_part
from linli.model.attribution.channels import ASKED_BY, CLASS_OF, CODE, ORDER

_ASK, _EFFICACY = TERMS.index("ask"), TERMS.index("efficacy")
_REST, _NEED_GAINED, _NEED_GONE = CODE["rest"], CODE["need_gained"], CODE["need_gone"]
_MEETING, _OWN, _NEIGHBOURS = CODE["meeting"], CODE["efficacy_own"], CODE["efficacy_neighbours"]
_OMEGA, _TIME = CODE["omega"], CODE["time"]
NO_CLASS = -1


@rule
def decides(rests, level, candidate, rate, ordinary, highest, u_occasion, appeal, u_acts):
    """The decision of a resident on a day, of all it depends on: whether he or she acts.

    rests, candidate: whether; level: how asked; rate, ordinary, highest: as in `occasion_kind`; u_*: draws.
    """
    kind = occasion_kind(rate, ordinary, highest, u_occasion) * candidate
    return has_reason(rests, level > NOT_ASKED, kind) & takes_part(appeal, u_acts)


@rule
def between_rates(rate_a, ordinary_a, rate_b, ordinary_b, council_a, council_b):
    """The rate of occasions with the need of arm B and the council of arm A [1/day]."""
    if council_a == council_b:
        return rate_b
    return ordinary_b * (rate_a / ordinary_a) if ordinary_a > 0.0 else ordinary_b


@loop_in_place
def draw_luck(seed, number, first, day, who, u_occasion, u_acts):
    """The draws of those who may decide, which both arms share. first: where the community's people begin."""
    for n in range(len(who)):
        drawn = draws(seed, key(number, who[n] - first), day, decision.OCCASION, 0)
        u_occasion[n] = drawn[0]
        u_acts[n] = drawn[1]


@part
def _sum(terms):
    """The appeal: its terms added in their order, as in `agents.rules.participation.added_up`."""
    appeal = terms[0]
    for j in range(1, len(terms)):
        appeal = appeal + terms[j]
    return appeal


@loop_in_place
def decide(seen, highest, u_occasion, u_acts, acts):
    """What everybody decides, in `acts`."""
    for n in range(len(acts)):
        acts[n] = decides(
            seen.rests[n], seen.level[n], seen.candidate[n], seen.rate[n], seen.ordinary[n], highest,
            u_occasion[n], _sum(seen.terms[n]), u_acts[n],
        )  # fmt: skip


@loop_in_place
def come_up(seen, highest, u_occasion, occasions):
    """Whose candidate day is an occasion, in `occasions`."""
    for n in range(len(occasions)):
        kind = occasion_kind(seen.rate[n], seen.ordinary[n], highest, u_occasion[n])
        occasions[n] = seen.candidate[n] and kind != NO_OCCASION


@loop_in_place
def classify(a, b, acts_a, acts_b, highest, E, u_occasion, u_acts, terms, classes):
    """The class of everybody whose decision differs between the arms, in `classes`; NO_CLASS of the others.

    a, b: what was seen in either arm; terms: room for as many numbers as there are terms.
    """
    for n in range(len(acts_a)):
        classes[n] = NO_CLASS
        if acts_a[n] != acts_b[n]:
            classes[n] = _first_difference(a, b, n, acts_b[n], highest, E, u_occasion[n], u_acts[n], terms)


@part
def _first_difference(a, b, n, wanted, highest, E, u_occasion, u_acts, terms):
    """The first term whose value in arm B, put after the earlier ones, brings about B's decision."""
    for j in range(len(terms)):
        terms[j] = a.terms[n, j]
    candidate, u = b.candidate[n], u_occasion
    rests, rate, ordinary, level = a.rests[n], a.rate[n], a.ordinary[n], b.level[n]
    terms[_ASK] = b.terms[n, _ASK]
    if decides(rests, level, candidate, rate, ordinary, highest, u, _sum(terms), u_acts) == wanted:
        return _asked_by(a.level[n], a.source[n], level, b.source[n])
    rests = b.rests[n]
    if decides(rests, level, candidate, rate, ordinary, highest, u, _sum(terms), u_acts) == wanted:
        return _REST
    rate = between_rates(rate, ordinary, b.rate[n], b.ordinary[n], a.council[n], b.council[n])
    ordinary = b.ordinary[n]
    if decides(rests, level, candidate, rate, ordinary, highest, u, _sum(terms), u_acts) == wanted:
        return _NEED_GAINED if wanted else _NEED_GONE
    rate = b.rate[n]
    if decides(rests, level, candidate, rate, ordinary, highest, u, _sum(terms), u_acts) == wanted:
        return _MEETING
    # all that remains are terms of the appeal: whoever has no reason by now decides as in arm B already
    for j in ORDER:
        if j == _EFFICACY:
            found = _of_efficacy(a, b, n, wanted, E, u_acts, terms)
            if found != NO_CLASS:
                return found
        terms[j] = b.terms[n, j]
        if takes_part(_sum(terms), u_acts) == wanted:
            return _OMEGA if j == _EFFICACY else CLASS_OF[j]
    return NO_CLASS


@part
def _of_efficacy(a, b, n, wanted, E, u_acts, terms):
    """The same for the parts of efficacy: own experience, then neighbours' successes; the rest is omega's."""
    neighbours, organised = (
        b.from_neighbours[n] - a.from_neighbours[n], b.from_organised[n] - a.from_organised[n],
    )  # fmt: skip
    own = b.efficacy[n] - a.efficacy[n] - neighbours - organised
    if neighbours == 0.0 and organised == 0.0:
        terms[_EFFICACY] = b.terms[n, _EFFICACY]
        return _OWN if takes_part(_sum(terms), u_acts) == wanted else NO_CLASS
    terms[_EFFICACY] = a.terms[n, _EFFICACY] + E * own
    if takes_part(_sum(terms), u_acts) == wanted:
        return _OWN
    if organised == 0.0:
        terms[_EFFICACY] = b.terms[n, _EFFICACY]
    else:
        terms[_EFFICACY] = terms[_EFFICACY] + E * neighbours
    return _NEIGHBOURS if takes_part(_sum(terms), u_acts) == wanted else NO_CLASS


@part
def _asked_by(level_a, source_a, level_b, source_b):
    """The class of an ask: of arm B's, or of arm A's if that was closer."""
    return ASKED_BY[source_b if level_b >= level_a else source_a]


@rule
def class_of_minutes(bout_a, bout_b, minutes_a, minutes_b):
    """The class of different minutes on matters where both arms act: the time there was, or else the matter.

    bout_*: minutes of the act; minutes_*: of them on matters.
    """
    if bout_a != bout_b:
        return _TIME
    return _NEED_GAINED if minutes_b > minutes_a else _NEED_GONE
