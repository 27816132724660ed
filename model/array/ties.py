"""What residents see of their ties, kept while it changes.

Few residents become active or cease to be on a day, so it is cheaper that they tell their ties than that
everybody who decides looks at all of theirs. Ties are mutual: whom I tell is who would look at me.
The object engine looks; that the two agree is a check of both.
"""

from agents.compiled import loop, part
from agents.rules.participation import active_since


@loop
def count_ties(w, since):
    """Count the ties of everybody from scratch. since: who acted then or later is active."""
    for i in range(len(w.serving)):
        w.active_ties[i] = 0
        w.serving_ties[i] = 0
        for at in range(w.tie_start[i], w.tie_start[i + 1]):
            other = w.ties[at]
            w.serving_ties[i] += w.serving[other]
            w.active_ties[i] += (w.last_acted[other] >= since) & (not w.serving[other])


@part
def tell_active(w, i, change):
    """Somebody becomes active (1) or ceases to be (-1); who serves is seen as serving, not as active."""
    if not w.serving[i]:
        for at in range(w.tie_start[i], w.tie_start[i + 1]):
            w.active_ties[w.ties[at]] += change


@part
def set_serving(w, i, serves, day, window):
    """Somebody is seen to serve from now on, or no longer. window: days an act is remembered."""
    if w.serving[i] == serves:
        return
    change = 1 if serves else -1
    active = w.last_acted[i] >= active_since(day, window)
    w.serving[i] = serves
    for at in range(w.tie_start[i], w.tie_start[i + 1]):
        w.serving_ties[w.ties[at]] += change
        if active:
            w.active_ties[w.ties[at]] -= change


@part
def forget_old_acts(w, p, day, c):
    """In the morning: acts that fell out of memory overnight."""
    forgotten = active_since(day, p.W) - 1
    for i in range(w.com[c].resident, w.com[c + 1].resident):
        if w.last_acted[i] == forgotten:
            tell_active(w, i, -1)
