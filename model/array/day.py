"""A day as compiled loops over tables: the same phases as in `model/day.py`, the same rules, no objects.

Nothing in this folder restates a rule: every decision calls `agents/rules/`. What differs from the object
engine is how things are found: by number instead of by reference. A community lives through several days in
one pass, since nothing crosses from one community to another within a run.
"""

from linli.agents.compiled import loop_in_place, part
from linli.model.array.by_reference import by_reference
from linli.model.array.comparing import (
    compare,
    has_room,
    keep_who_might_act,
    note,
    perceive,
    who_may_decide,
    who_might_act,
)
from linli.model.array.phases.acquaintance import acquaintance
from linli.model.array.phases.asking import asking
from linli.model.array.phases.deliberation import deliberation
from linli.model.array.phases.departments import departments_are_called
from linli.model.array.phases.emergency import doors_are_visited, emergency_is_called
from linli.model.array.phases.lists import rows
from linli.model.array.phases.matters import matters_arise, voice
from linli.model.array.phases.members import members_are_matched, policies_set_levers
from linli.model.array.phases.organisations import services_are_bought
from linli.model.array.phases.outcomes import outcomes
from linli.model.array.phases.recording import record
from linli.model.array.phases.roles import roles
from linli.model.array.phases.ties import forget_old_acts
from linli.model.array.phases.work import work, workers_divide_their_day
from linli.model.array.tables.columns import Today
from linli.model.measures.spans import YEAR

MORNING, FORENOON, NOON, EVENING = range(4)
"""Parts of a day: until who is asked has heard it; when two runs look for who might act in either, and when
they are compared, at which one run alone does nothing; from deliberation on."""

OTHERWISE = -1
"""What a pass returns where a run's decisions were not those that were compared."""


@loop_in_place
def run_pass(a, b, runs, begin, end, first, last, begins, ends, of):
    """Let the communities first .. last-1 live through the days begin .. end-1 of a pass, one community after
    the other.

    a: a run, see `Lived` of `model.array.tables.columns`; begins, ends: the first and the last part of each
    day that is lived. runs: 1; or 2, then one community lives in both runs side by side, which are compared
    at noon (see `model.attribution`): b is the other run, and of, a `Compared` of `model.attribution.seen`,
    says how many days both have lived, for they stop where there is no room for what differs. Returns 0, or
    the number (from 1) of the community whose queue was full, or OTHERWISE: then the state is unusable.
    """
    side_a, side_b, of = by_reference(a), by_reference(b), by_reference(of)
    for c in range(first, last):
        for t in range(begin, end):
            if runs == 2 and not has_room(side_a, c, of):
                return 0
            for time in range(begins, ends + 1):
                if runs == 2 and time == FORENOON:
                    who_may_decide(side_a, side_b, c, t, of)
                for run in range(runs):
                    one = a if run == 0 else b
                    days, tally, s = one.days, one.tally, one.s
                    w = by_reference(days.w)
                    now = by_reference(Today(
                        days.seed, days.first + t, t, days.parameters[0], days.levers[t], days.sunk[t, c],
                        days.k, days.lists, tally, tally.rows[t], s, s.so_far[0],
                    ))  # fmt: skip
                    if time == MORNING:
                        if not until_asked(w, now, c):
                            return c + 1
                    elif time == EVENING:
                        from_deliberation_on(w, now, c)
                    elif runs == 2 and time == FORENOON:
                        who_might_act(w, now, run, of)
                    elif runs == 2:
                        perceive(w, now, c, run, of)
                if runs == 2 and time == FORENOON:
                    keep_who_might_act(of)
                elif runs == 2 and time == NOON:
                    compare(side_a, of)
                elif runs == 2 and time == EVENING and not note(side_a, side_b, c, t, of):
                    return OTHERWISE
    return 0


@part
def until_asked(w, now, c):
    """The first half of a day. False if the queue was full."""
    _morning(w, now, c)
    policies_set_levers(w, now, c)
    emergency_is_called(w, now, c)
    if not matters_arise(w, now, c):
        return False
    voice(w, now, c)
    departments_are_called(w, now, c)
    workers_divide_their_day(w, now, c)
    services_are_bought(w, now, c)
    members_are_matched(w, now, c)
    doors_are_visited(w, now, c)
    asking(w, now, c)
    return True


@part
def from_deliberation_on(w, now, c):
    """The second half of a day."""
    deliberation(w, now, c)
    work(w, now, c)
    acquaintance(w, now, c)
    outcomes(w, now, c)
    roles(w, now, c)
    record(w, now, c)


@part
def _morning(w, now, c):
    """What the day alone decides: a new year of giving, and acts that are no longer remembered."""
    if now.day % YEAR == 0 and now.day > 0:
        for i in rows(w.com[c].resident, w.com[c + 1].resident):
            w.life[i].minutes_year = 0
    forget_old_acts(w, now, c)
