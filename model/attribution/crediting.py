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
_MEETING, _ROOM = CODE["meeting"], CODE["room"]
_OWN, _NEIGHBOURS = CODE["efficacy_own"], CODE["efficacy_neighbours"]
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
    """The rate of occasions with the need of arm B and the council of arm A [1/day].

    Likewise with the need and the council of B and the rooms of A, where ordinary_* are without rooms and
    council_* what a room adds.
    """
    if council_a == council_b:
        return rate_b
    return ordinary_b * (rate_a / ordinary_a) if ordinary_a > 0.0 else ordinary_b


@part
def draw_luck(of, seed, number, first, day):
    """The draws of those who may decide, which both arms share. of: see `Compared` of
    `model.attribution.seen`; first: where the community's people begin."""
    for n in range(of.so_far[0].many):
        drawn = draws(seed, key(number, of.who[n] - first), day, decision.OCCASION, 0)
        of.u_occasion[n] = drawn[0]
        of.u_acts[n] = drawn[1]


@part
def _sum(terms):
    """The appeal: its terms added in their order, as in `agents.rules.participation.added_up`."""
    appeal = terms[0]
    for j in range(1, len(terms)):
        appeal = appeal + terms[j]
    return appeal


@part
def classify(of, highest, E):
    """What everybody decides in both arms, and the class of whoever decides otherwise; NO_CLASS of others."""
    for n in range(of.so_far[0].many):
        u_occasion, u_acts = of.u_occasion[n], of.u_acts[n]
        of.acts[0, n] = _acts(of.a, n, highest, u_occasion, u_acts)
        of.acts[1, n] = _acts(of.b, n, highest, u_occasion, u_acts)
        of.classes[n] = NO_CLASS
        if of.acts[0, n] != of.acts[1, n]:
            of.classes[n] = _first_difference(
                of.a, of.b, n, of.acts[1, n], highest, E, u_occasion, u_acts, of.terms
            )


@loop_in_place
def come_up(seen, highest, u_occasion, occasions):
    """Whose candidate day is an occasion, in `occasions`."""
    for n in range(len(occasions)):
        kind = occasion_kind(seen.rate[n], seen.ordinary[n], highest, u_occasion[n])
        occasions[n] = seen.candidate[n] and kind != NO_OCCASION


@part
def _acts(seen, n, highest, u_occasion, u_acts):
    """What somebody decides by what was seen in one arm."""
    return decides(
        seen.rests[n], seen.level[n], seen.candidate[n], seen.rate[n], seen.ordinary[n], highest,
        u_occasion, _sum(seen.terms[n]), u_acts,
    )  # fmt: skip


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
    rate = between_rates(a.rate[n], a.roomless[n], b.rate[n], b.roomless[n], a.room[n], b.room[n])
    if decides(rests, level, candidate, rate, ordinary, highest, u, _sum(terms), u_acts) == wanted:
        return _MEETING
    rate = b.rate[n]
    if decides(rests, level, candidate, rate, ordinary, highest, u, _sum(terms), u_acts) == wanted:
        return _ROOM
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


@part
def note_spent(of, arm, acting, acted, bout, on_matters, first):
    """What the acts of an arm came to. False if the decisions compared are not those that were made.

    acting: the first `acted` are the residents who acted, ascending; bout, on_matters: minutes of theirs by
    local number; first: where the community's people begin.
    """
    at = 0
    for n in range(of.so_far[0].many):
        of.bouts[arm, n] = 0
        of.minutes[arm, n] = 0
        if of.acts[arm, n]:
            if at == acted or acting[at] != of.who[n]:
                return False
            of.bouts[arm, n] = bout[of.who[n] - first]
            of.minutes[arm, n] = on_matters[of.who[n] - first]
            at += 1
    return at == acted


@part
def note_differences(of, day):
    """The rows of a day, for which there must be room."""
    for n in range(of.so_far[0].many):
        acts_a, acts_b = of.acts[0, n], of.acts[1, n]
        minutes_a, minutes_b = of.minutes[0, n], of.minutes[1, n]
        if acts_a == acts_b and minutes_a == minutes_b:
            continue
        channel = of.classes[n]
        if acts_a == acts_b:
            channel = class_of_minutes(of.bouts[0, n], of.bouts[1, n], minutes_a, minutes_b)
        row = of.found[of.so_far[0].found]
        row.day = day
        row.resident = of.who[n]
        row.acts = int(acts_b) - int(acts_a)
        row.channel = channel
        row.minutes = minutes_b - minutes_a
        of.so_far[0].found += 1


@loop_in_place
def compare(of, seed, number, first, day, highest, E):
    """What everybody decides in both arms, and why some decide otherwise: for arms that are no tables."""
    draw_luck(of, seed, number, first, day)
    classify(of, highest, E)


@loop_in_place
def note(of, day, acting, acted, bout, on_matters):
    """What differs today, likewise. False if an arm's decisions were not those that were compared.

    acting: shape (2, ...), as in `note_spent` for either arm; acted: how many; bout, on_matters: shape
    (2, residents).
    """
    same = True
    for arm in range(2):
        same &= note_spent(of, arm, acting[arm], acted[arm], bout[arm], on_matters[arm], 0)
    note_differences(of, day)
    return same
