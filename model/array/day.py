"""A day as compiled loops over tables: the same phases as in `model/day.py`, the same rules, no objects.

Nothing in this folder restates a rule: every decision calls `agents/rules/`. What differs from the object
engine is how things are found: by number instead of by reference. A community lives through several days in
one pass, since nothing crosses from one community to another within a run.
"""

from linli.agents.compiled import loop_in_place, part
from linli.model.array.phases.acquaintance import acquaintance
from linli.model.array.phases.asking import asking
from linli.model.array.phases.deliberation import deliberation
from linli.model.array.phases.lists import rows
from linli.model.array.phases.matters import matters_arise, voice
from linli.model.array.phases.members import members_are_matched, policies_set_levers
from linli.model.array.phases.outcomes import outcomes
from linli.model.array.phases.recording import record
from linli.model.array.phases.roles import roles
from linli.model.array.phases.ties import forget_old_acts
from linli.model.array.phases.work import work, workers_divide_their_day
from linli.model.array.tables.columns import Today
from linli.model.measures.spans import YEAR

WHOLE, MORNING, EVENING = range(3)
"""Parts of a day: all of it; until everybody who is asked has heard it; from deliberation on."""


@loop_in_place
def run_pass(w, k, lists, p, levers, sunk, seed, first_day, days, first, last, tally, s, half):
    """Let the communities first .. last-1 live through some days, one community after the other.

    w: the state, a `World` of `model.array.tables.columns`; k: constants of the pass; lists: whom workers
    visit; levers: a record a day; sunk: members sunk, shape (days, communities); tally: where the pass
    writes; s: scratch lists of this thread; half: WHOLE days, or one half of a day, for two runs that are
    compared in between (see `model.attribution`), community by community. Returns 0, or the
    number (from 1) of the community whose queue was full: then the state is unusable.
    """
    for c in range(first, last):
        for t in range(days):
            now = Today(
                seed, first_day + t, t, p, levers[t], sunk[t, c], k, lists, tally, tally.rows[t], s,
                s.so_far[0],
            )  # fmt: skip
            if half != EVENING and not until_asked(w, now, c):
                return c + 1
            if half != MORNING:
                from_deliberation_on(w, now, c)
    return 0


@part
def until_asked(w, now, c):
    """The first half of a day. False if the queue was full."""
    _morning(w, now, c)
    policies_set_levers(w, now, c)
    if not matters_arise(w, now, c):
        return False
    voice(w, now, c)
    workers_divide_their_day(w, now, c)
    members_are_matched(w, now, c)
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
