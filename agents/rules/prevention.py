"""What is prevented: where neighbours are looked after, and where waste is sorted, less goes wrong.

Who patrols, cleans and looks in on people (general service) meets some kinds of need before they become
matters: those of old people and children, and of greening and waste. Its effect saturates: the first half
hour for each adult does half of what can be done. That it prevents anything is an assumption.
"""

from linli.agents.compiled import rule

HALF = 30.0
"""Minutes of service for each adult and month that prevent half of what can be prevented (assumption)."""


@rule
def share_prevented(prevent_service, service, adults):
    """Share of the matters of the kinds served that do not arise in a building [0, 1].

    prevent_service: the share that any amount of service can prevent; service: general service there in the
    month before [minutes]; adults: of the building, at least one.
    """
    given = service / adults
    return prevent_service * given / (given + HALF)


@rule
def prevented_by_either(share, other):
    """Share of matters that one or the other of two things prevents, each by itself [0, 1]."""
    return share + (1.0 - share) * other


@rule
def is_prevented(share, u):
    """Whether a matter is prevented. share: of those like it that are; u: draw in (0, 1)."""
    return u < share
