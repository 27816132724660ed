"""A day as compiled loops over tables: the same phases as in `model/day.py`, the same rules, no objects.

Nothing in this folder restates a rule: every decision calls `agents/rules/`. What differs from the object
engine is how things are found: by number instead of by reference. A community lives through several days in
one pass, since nothing crosses from one community to another within a run.
"""

from agents.compiled import loop_in_place, part
from model.array.asking import people_are_asked
from model.array.deliberation import residents_decide
from model.array.lists import rows
from model.array.matters import matters_are_voiced, matters_arise
from model.array.members import members_are_matched, policies_set_levers
from model.array.outcomes import matters_end
from model.array.recording import write_down
from model.array.roles import roles_change
from model.array.ties import forget_old_acts
from model.array.work import everybody_works, workers_divide_their_day
from model.spans import YEAR


@loop_in_place
def run_pass(w, k, asking, p, levers, sunk, seed, first_day, days, first, last, tally, s):
    """Let the communities first .. last-1 live through some days, one community after the other.

    w: the state, `model.array.columns.World`; k: constants of the pass; levers: a record a day; sunk: members
    sunk, shape (days, communities); tally: where the pass writes; s: scratch lists of this thread. Returns 0,
    or the number (from 1) of the community whose queue was full: then the state is unusable.
    """
    for c in range(first, last):
        for t in range(days):
            day, lev, row = first_day + t, levers[t], tally.rows[t]
            if day % YEAR == 0 and day > 0:
                _new_year(w, c)
            forget_old_acts(w, p, day, c, s)
            policies_set_levers(w, p, sunk[t, c], day, c)
            before = w.com[c].open
            if not matters_arise(w, p, seed, day, c, row):
                return c + 1
            matters_are_voiced(w, p, lev.coverage, seed, day, c, before, row)
            matching, matter_minutes = workers_divide_their_day(w, p, lev, day, c, row)
            matter_minutes += members_are_matched(w, p, lev, seed, day, c, matching, row, s)
            asked = people_are_asked(w, asking, p, lev, seed, day, c, row, s)
            acting = residents_decide(w, k, p, seed, day, t, c, asked, row, s)
            learners = everybody_works(w, p, lev, seed, day, t, c, acting, matter_minutes, tally, row, s)
            matters_end(w, p, lev, seed, day, t, c, learners, tally, row, s)
            roles_change(w, p, lev, seed, day, t, c, acting, tally, row, s)
            write_down(w, day, c, row)
    return 0


@part
def _new_year(w, c):
    for i in rows(w.com[c].resident, w.com[c + 1].resident):
        w.life[i].minutes_year = 0
