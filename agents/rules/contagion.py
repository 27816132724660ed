"""What spreads from neighbour to neighbour: thresholds of collective behaviour, and infection.

Granovetter 1978, "Threshold models of collective behavior": people join once enough others have. Centola &
Macy 2007, "Complex contagions and the weakness of long ties": what takes more than one active neighbour.
Pastor-Satorras & Vespignani 2001, "Epidemic spreading in scale-free networks": susceptible, infected,
susceptible again (SIS). The third kind, social interaction, stands in `agents/rules/participation.py`.
"""

from math import ceil

from linli.agents.compiled import rule

TOO_MANY = 2**31 - 1
"""A count of active neighbours that nobody reaches."""


@rule
def needed_of_share(share, ties):
    """The smallest count of active neighbours that is at least this share of them; TOO_MANY if none is.

    share: threshold [-], also beyond 0 .. 1 (who acts anyway, and who never does); ties: neighbours [count].
    Without neighbours the share of active ones is 0. Counts are compared as count / ties >= share, so that
    28 of 100 do reach a share of .28, which 100 * .28 does not tell.
    """
    if share <= 0.0:
        return 0
    if share > 1.0 or ties == 0:
        return TOO_MANY
    needed = ceil(share * ties)
    if (needed - 1) / ties >= share:
        needed -= 1
    if needed / ties < share:
        needed += 1
    return needed


@rule
def is_convinced(active, needed):
    """Whether enough others are active. active: neighbours who are [count]; needed: how many it takes."""
    return active >= needed


@rule
def infected_after(infected, active, beta, delta, u):
    """Whether somebody is infected tomorrow (SIS, in steps of a day).

    infected: today; active: infected neighbours [count]; beta: probability that one of them passes it on in
    a day; delta: probability of recovering in a day; u: draw in (0, 1). Who recovers is not infected anew on
    the same day.
    """
    if infected:
        return u >= delta
    return u < 1.0 - (1.0 - beta) ** float(active)
