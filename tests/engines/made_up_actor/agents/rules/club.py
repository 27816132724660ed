"""How many of its hours a mutual-aid club has left this month. Made up, to show how an actor is added."""

from linli.agents.compiled import rule
from linli.agents.rules.volunteering import MONTH
from linli.agents.rules.work_time import minutes


@rule
def left_this_month(day, left, club_hours):
    """Minutes that a club may still give this month; what it did not give in the last one is lost.

    left: what the day before left of them [minutes]; club_hours: a month's hours [hours].
    """
    return minutes(club_hours) if day % MONTH == 0 else left
