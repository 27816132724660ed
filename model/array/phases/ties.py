"""What residents see of their ties, kept while it changes.

Few residents become active or cease to be on a day, so it is cheaper that they tell their ties than that
everybody who decides looks at all of theirs. Ties are mutual: whom I tell is who would look at me.
The object engine looks; that the two agree is a check of both.

The ties of resident i of community c are the local numbers `ties[first:last]`, where (first, last) is
`tie_range(w, c, i)`: two bytes a tie as long as all communities have fewer than 65,536 residents. `tie_first`
has one entry more than residents in every community. Ties that acting made stand apart: see
`model.array.phases.acquaintance`.
"""

from linli.agents.compiled import loop, part
from linli.agents.rules.participation import active_since
from linli.model.array.phases.lists import which_few


@part
def tie_range(w, c, i):
    """Where the ties of a resident begin and end."""
    base, at = w.com[c].ties, i + c
    return base + w.tie_first[at], base + w.tie_first[at + 1]


@part
def circle_of(w, c, i):
    """The row of `made_ties` with those whom acting made acquainted with a resident, who has had some."""
    return w.com[c].circle + w.circle[i] - 1


@part
def are_tied(w, c, i, other):
    """Whether two residents know each other, be it from acting."""
    found = False
    local = other - w.com[c].resident
    first, last = tie_range(w, c, i)
    for at in range(first, last):
        found |= w.ties[at] == local
    for k in range(w.life[i].ties_made):
        found |= w.made_ties[circle_of(w, c, i), k] == local
    return found


@part
def seen_of_made_ties(w, now, c, i):
    """What a resident sees of those whom acting made acquainted: how many acted lately without serving, how
    many serve, and how many they are. They are few, so whoever decides looks at each."""
    if now.p.bond == 0.0:
        return 0, 0, 0
    active = serving = 0
    since, made = active_since(now.day, now.p.W), w.life[i].ties_made
    for k in range(made):
        other = w.com[c].resident + w.made_ties[circle_of(w, c, i), k]
        serving += w.serving[other]
        active += (w.last_acted[other] >= since) & (not w.serving[other])
    return active, serving, made


@loop
def count_ties(w, since, begin, end):
    """Count the ties of everybody in communities begin .. end-1 from scratch. since: who acted then or later
    is active."""
    for c in range(begin, end):
        home = w.com[c].resident
        for i in range(home, w.com[c + 1].resident):
            w.active_ties[i] = 0
            w.serving_ties[i] = 0
            first, last = tie_range(w, c, i)
            for at in range(first, last):
                other = home + w.ties[at]
                w.serving_ties[i] += w.serving[other]
                w.active_ties[i] += (w.last_acted[other] >= since) & (not w.serving[other])


@part
def tell_active(w, c, i, change):
    """Somebody becomes active (1) or ceases to be (-1); who serves is seen as serving, not as active."""
    if not w.serving[i]:
        home = w.com[c].resident
        first, last = tie_range(w, c, i)
        for at in range(first, last):
            w.active_ties[home + w.ties[at]] += change


@part
def set_serving(w, c, i, serves, day, window):
    """Somebody is seen to serve from now on, or no longer. window: days an act is remembered."""
    if w.serving[i] == serves:
        return
    change = 1 if serves else -1
    active = w.last_acted[i] >= active_since(day, window)
    w.serving[i] = serves
    home = w.com[c].resident
    first, last = tie_range(w, c, i)
    for at in range(first, last):
        w.serving_ties[home + w.ties[at]] += change
        if active:
            w.active_ties[home + w.ties[at]] -= change


@part
def forget_old_acts(w, now, c):
    """In the morning: acts that fell out of memory overnight."""
    forgotten = active_since(now.day, now.p.W) - 1
    n = which_few(w.last_acted, w.com[c].resident, w.com[c + 1].resident, forgotten, now.s.deciding)
    for at in range(n):
        tell_active(w, c, now.s.deciding[at], -1)
