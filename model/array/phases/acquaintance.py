"""Residents who acted side by side become acquainted, or not: phase 9 of a day; and how acquaintances end.

A resident's circle are those whom he or she became acquainted with. Few have one, so it gets a row of
`made_ties` when it begins: number `circle[i]` of the community's, from 1 (0: never had one), which stays with
the home. The first `life[i].ties_made` entries are local numbers, in the order in which they met; behind them
are zeros. There are no rows at all where nobody becomes acquainted.
"""

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.compiled import part, phase
from linli.agents.rules.acquaintance import become_acquainted, lose_touch
from linli.model.array.phases.ties import are_tied, circle_of


@phase
def acquaintance(w, now, c):
    """Residents who acted side by side meet, each the one before by lot; some become acquainted.

    Who acts stands in `now.s.acting` in the order of homes, so those of a compound follow each other.
    """
    if now.p.bond == 0.0:
        return
    begin = 0
    while begin < now.so_far.acting:
        place, end = _compound_of(w, now.s.acting[begin]), begin + 1
        while end < now.so_far.acting and _compound_of(w, now.s.acting[end]) == place:
            end += 1
        if end - begin > 1:
            _meet_at_work(w, now, c, begin, end)
            if now.lev.council > 0.0 or now.lev.units_serve > 0.0:
                _meet_in_council(w, now, c, begin, end)
        begin = end


@part
def _compound_of(w, i):
    return w.buildings[w.building[i]].compound


@part
def _meet_at_work(w, now, c, begin, end):
    """Those who worked on the same matter meet, and those who gave general service in the compound."""
    s, first = now.s, w.com[c].resident
    for at in range(begin, end):
        local = s.acting[at] - first
        who = key(w.com[c].number, local)
        s.place[at - begin], s.u_meets[at - begin], _, _ = draws(
            now.seed, who, now.day, decision.ACQUAINTED, 0
        )
        s.beside[at - begin] = s.acting[at]
        s.company[at - begin] = s.worked_on[local]
    meet_in_order(w, now, c, end - begin)


@part
def _meet_in_council(w, now, c, begin, end):
    """Those meet who sat in the compound's meeting, or in an open room."""
    s, first, n = now.s, w.com[c].resident, 0
    for at in range(begin, end):
        local = s.acting[at] - first
        if s.meeting[local]:
            who = key(w.com[c].number, local)
            _, _, s.place[n], s.u_meets[n] = draws(now.seed, who, now.day, decision.ACQUAINTED, 0)
            s.beside[n] = s.acting[at]
            s.company[n] = 0
            n += 1
    meet_in_order(w, now, c, n)


@part
def meet_in_order(w, now, c, n):
    """The first n of the list meet who stands before them in the same company."""
    s = now.s
    _sort_by_place(s, n)
    for at in range(1, n):
        if s.company[at] == s.company[at - 1]:
            _meet(w, now, c, s.beside[at - 1], s.beside[at], s.u_meets[at])


@part
def _sort_by_place(s, n):
    """Sort the first n by company, and in each by place: insertion, because few act in a compound a day."""
    for at in range(1, n):
        company, place, who, u = s.company[at], s.place[at], s.beside[at], s.u_meets[at]
        behind = at - 1
        while behind >= 0 and (
            s.company[behind] > company or (s.company[behind] == company and s.place[behind] > place)
        ):
            s.company[behind + 1] = s.company[behind]
            s.place[behind + 1] = s.place[behind]
            s.beside[behind + 1] = s.beside[behind]
            s.u_meets[behind + 1] = s.u_meets[behind]
            behind -= 1
        s.company[behind + 1] = company
        s.place[behind + 1] = place
        s.beside[behind + 1] = who
        s.u_meets[behind + 1] = u


@part
def _meet(w, now, c, i, other, u):
    """Two residents meet in acting, and become acquainted or not."""
    made, made_by_other = w.life[i].ties_made, w.life[other].ties_made
    if become_acquainted(now.p.bond, are_tied(w, c, i, other), made, made_by_other, u):
        first = w.com[c].resident
        _joins(w, c, i, other - first)
        _joins(w, c, other, i - first)
        w.com[c].ties_made += 1


@part
def _joins(w, c, i, local):
    """A resident (local number) joins somebody's circle."""
    if w.circle[i] == 0:
        w.com[c].circles += 1
        w.circle[i] = w.com[c].circles
    made = w.life[i].ties_made
    w.made_ties[circle_of(w, c, i), made] = local
    w.life[i].ties_made = made + 1


@part
def part_from(w, now, c, i, all_of_them):
    """Acquaintances end where neither has acted for long, or all of them, where somebody moves away."""
    first, made, kept = w.com[c].resident, w.life[i].ties_made, 0
    if made == 0:
        return
    row = circle_of(w, c, i)
    for k in range(made):
        other = w.made_ties[row, k]
        last, last_other = w.last_acted[i], w.last_acted[first + other]
        if all_of_them or lose_touch(now.day, last, last_other, now.p.bond_lasts):
            _forget(w, c, first + other, i - first)
            w.com[c].ties_made -= 1
        else:
            w.made_ties[row, kept] = other
            kept += 1
    for k in range(kept, made):
        w.made_ties[row, k] = 0
    w.life[i].ties_made = kept


@part
def _forget(w, c, i, local):
    """A resident (local number) leaves somebody's circle; the others stay in their order."""
    row, made, kept = circle_of(w, c, i), w.life[i].ties_made, 0
    for k in range(made):
        if w.made_ties[row, k] != local:
            w.made_ties[row, kept] = w.made_ties[row, k]
            kept += 1
    w.made_ties[row, made - 1] = 0
    w.life[i].ties_made = made - 1
