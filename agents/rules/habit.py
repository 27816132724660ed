"""Habit: who took part before takes part more easily, whatever the reasons were.

Acting makes a habit of acting, and a habit that is not kept up fades (Fieldhouse, Lessard-Phillips & Edmonds
2016, on voting). Like fatigue it is kept as of the last act; what is left of it on a later day follows from
the days between (`agents.rules.fatigue.left_after`).
"""

from linli.agents.compiled import rule


@rule
def habit_after(habit, left, eta_h):
    """Habit right after an act [0, 1]: what is left of the old one, and a share of what is still missing.

    habit: as of the last act; left: the share of it that is left; eta_h: how much of a habit one act makes
    [0, 1].
    """
    kept = habit * left
    return kept + eta_h * (1.0 - kept)


@rule
def pull_of_habit(b_h, habit, left):
    """What a habit adds to the appeal of acting [-]. b_h: weight of a full habit; habit, left: as above."""
    return b_h * (habit * left)
