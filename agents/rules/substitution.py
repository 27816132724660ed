"""Substitution: why should I, if others are seen to it?

The service that is an example to some is an excuse to others. A public good that others provide needs one's
own part less (Nyborg & Rege 2003), and who gains from the work of others may rather leave it to them (Kitts
2006).
"""

from linli.agents.compiled import rule


@rule
def held_back(chi, on_duty):
    """How much less acting appeals where organised forces serve in the own building [-].

    chi: weight of an excuse that is complete; on_duty: members who serve there [count]. The first one is half
    an excuse, each further one adds less: on_duty / (on_duty + 1).
    """
    return chi * on_duty / (on_duty + 1.0)
