"""Ties that acting makes: who acts side by side may become acquainted (熟人社区, 近邻).

Ties form where people meet in doing something (Feld 1981, on foci of activity): over one matter, on the same
round of service, in one meeting. That neighbours mobilised together know each other afterwards is what
programmes of "near neighbours" hope for. How often it happens nobody measured.
"""

from linli.agents.compiled import rule

MOST_MADE = 4
"""So many ties that acting made one resident keeps at most (assumption)."""


@rule
def become_acquainted(bond, are_tied, made, made_by_other, u):
    """Whether two residents who met in acting today become acquainted.

    bond: probability a meeting; are_tied: whether they know each other already; made, made_by_other: ties of
    this kind that each of them has [count]; u: draw in (0, 1).
    """
    return (not are_tied) & (max(made, made_by_other) < MOST_MADE) & (u < bond)


@rule
def lose_touch(day, last_acted, last_acted_other, bond_lasts):
    """Whether two who became acquainted in acting have lost touch: neither has acted for so long.

    last_acted, last_acted_other: days of their last acts; bond_lasts: [days].
    """
    return day - max(last_acted, last_acted_other) >= bond_lasts
