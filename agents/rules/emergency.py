"""Emergency 平急转换: every household is visited in several rounds, by whoever turns out.

Chengdu visited 8.75 million households in three rounds within eleven days, with 380,000 people, and credits
three years of ordinary building for it ("Chengdu in the 2020 epidemic", a claim). By head-count that is
little: 6.3 visits a person and day. What may hold a city up are doors that stay closed and people whom nobody
coordinates; both are assumptions here, and so is who turns out.
"""

from linli.agents.compiled import rule
from linli.agents.rules.work_time import WORKDAY, minutes

NO_ROUND = 0
"""The round of a community in ordinary times; later ones count from 1."""

NOT_TODAY = -1
"""In place of an outcome: nothing was decided today."""


@rule
def is_under_way(a_round, rounds):
    """Whether an emergency is under way. a_round: that of the community; rounds: there are to be (0: there is
    no emergency). In the round behind the last it is over."""
    return NO_ROUND < a_round <= rounds


@rule
def is_reached(stamp, began):
    """Whether a household was reached in a round, or a resident turned out for it. stamp: the day after it
    happened last (0: never); began: the day on which the round began."""
    return stamp > began


@rule
def is_round_done(waiting, households, complete):
    """Whether enough households were reached. waiting: those that were not; complete: share that is enough
    [0, 1]."""
    return households - waiting >= complete * households


@rule
def round_of_today(a_round, rounds, is_done):
    """The round of a community this morning. a_round: yesterday's; rounds: there are to be (0: there is no
    emergency, or it is over); is_done: whether yesterday's round is. It stays in the one behind the last."""
    if rounds == 0:
        return NO_ROUND
    if a_round == NO_ROUND or (a_round <= rounds and is_done):
        return a_round + 1
    return a_round


@rule
def is_finished(a_round, rounds, is_done):
    """Whether every round is done. is_done: whether a_round, that of the community, is."""
    return rounds > 0 and (a_round > rounds or (a_round == rounds and is_done))


@rule
def urgent_minutes(urgent):
    """A worker's minutes a day for what cannot wait. urgent: share of a workday [0, 1]."""
    return int(WORKDAY * urgent + 0.5)


@rule
def appeal_of_turning_out(appeal, rally, rally_register, is_registered):
    """What speaks for turning out [-]: what speaks for acting at all, and the emergency.

    appeal: of acting on that day, as in `agents.rules.participation`: ties, habit, efficacy and trust are in
    it as ordinary times have left them; rally: pull of an emergency, less the fear that keeps
    people at home; rally_register: of being on the register
    of volunteers, and so called by name.
    """
    return appeal + rally + (rally_register if is_registered else 0.0)


@rule
def staff_of(people, staff, effort):
    """How many of a property firm's staff turn out for a compound. people: who live there; staff: of a firm
    at full effort [per 1000 residents]; effort: the firm's [0, 1]."""
    return int(people * staff / 1000.0 * effort + 0.5)


@rule
def members_who_come(serving, idle, idle_come):
    """How many members come. serving, idle: in a post, and on the register without one; idle_come: share of
    the latter who come [0, 1]; who is out of reach does not."""
    return serving + int(idle * idle_come + 0.5)


@rule
def doors_a_day(visit_hours, c_door):
    """Doors that a visitor tries in a day [count]. visit_hours: a visitor's day [h]; c_door: a door [h]."""
    return minutes(visit_hours) // minutes(c_door)


@rule
def visitors_for(tries, each):
    """So many visitors are enough for so many tries at doors, if each makes so many."""
    return (tries + each - 1) // each


@rule
def who_visits(tries, each, staff, members, others, most):
    """Who goes to doors today, no more than there is use for: staff of property firms, how
    many are wanted beside them, and how many of these are sent.

    tries: that can be made; each: by a visitor; staff, members, others: who have come; most: as in
    `most_coordinated`.
    """
    staff = min(staff, visitors_for(tries, each))
    wanted = min(visitors_for(max(0, tries - staff * each), each), members + others)
    return staff, wanted, min(wanted, most)


@rule
def most_coordinated(span, workers):
    """So many visitors can be told where to go. span: by one worker and day."""
    return span * workers


@rule
def coordination_minutes(pool, sent, most):
    """What coordinating takes of the workers' pooled minutes. sent: visitors; most: as in
    `most_coordinated`."""
    return pool * sent // most


@rule
def kept_its_word(day, began, days, finished):
    """Whether the day decides if it was in time: 1 done within the days promised, 0 these are over, and
    NOT_TODAY. began: the first day; finished: whether the last round was finished today."""
    passed = day - began + 1
    if finished:
        return 1 if passed <= days else NOT_TODAY
    return 0 if passed == days else NOT_TODAY
