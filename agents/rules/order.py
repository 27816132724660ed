"""In which order organised forces take matters: whose wishes come first.

Without anything else they take the oldest first, as the record has them. Whoever decides may have a share of
their hours meet other matters first: residents those that most people see, a record that is held against
forces those whose deadline is near (what is measured is what gets done: Holmstrom & Milgrom 1991).
"""

from linli.agents.compiled import rule

NEAR = 7
"""A deadline is near from so many days before it on [days] (assumption)."""


@rule
def minutes_in_order(order, pool):
    """Minutes of a pool that meet what comes first before anything else; the rest takes the oldest first.

    order: whose [-1, 1]: 1 the residents', -1 the record's, 0 the oldest first; in between, of a share of the
    minutes. pool: [minutes].
    """
    return int(abs(order) * pool + 0.5)


@rule
def comes_first(order, is_shared, day, reported, deadline):
    """Whether a reported matter is one of those that come first. is_shared: the whole compound sees it;
    reported: day; deadline: from the report on [days]."""
    if order > 0.0:
        return is_shared
    return day - reported >= deadline - NEAR
