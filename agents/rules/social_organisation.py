"""What a social organisation 社会组织 lives on, and what that makes of it.

Purchases of services make organisations grow ("Chengdu's community governance: co-build, co-govern, share";
Chengdu's 2019 work points), and whose work others do becomes passive (被动: "Problems and remedies of urban
community governance: Donghu"). The values are assumptions. Amounts are in whole minutes.
"""

from linli.agents.compiled import rule
from linli.agents.rules.shares import share
from linli.agents.rules.volunteering import YEAR
from linli.agents.rules.work_time import minutes

WEEK = 7
"""Services are bought for a week [days]."""

SLACK = 1.2
"""An organisation keeps so many times what is bought of it at hand: who is sold out grows (assumption)."""

LEAST = 60
"""An organisation of which less can be sold ends [minutes a week] (assumption)."""


@rule
def week_begins(day):
    """Whether services are bought on this day: a Monday."""
    return day % WEEK == 0


@rule
def budget_minutes(residents, yuan, price):
    """Minutes that a week's money buys, rounded down. yuan: per resident and year; price: [yuan/h]."""
    return int(residents * yuan * WEEK / YEAR / price * 60.0) if price > 0.0 else 0


@rule
def for_asking(bought, mobilise):
    """Of the minutes bought, those that go to asking and leading. mobilise: their share [0, 1]."""
    return int(bought * mobilise + 0.5)


@rule
def carried_over(ask_bank, visit):
    """Asking time that is too short for a visit and stays for the next week. visit: [minutes]."""
    return ask_bank % visit


@rule
def left_of_bought(bank, left):
    """Of the time that is left after work, what was bought; unpaid time is given first. bank: bought for work
    and not yet worked before it [minutes]; left: of this and of unpaid time [minutes]."""
    return min(bank, left)


@rule
def capacity_after(capacity, sold, eta_k):
    """What an organisation can sell next week [minutes]: it follows what was bought of it this week.

    eta_k: speed [1/week]. An organisation that could sell less than LEAST ends: 0.
    """
    found = int(capacity + eta_k * (SLACK * sold - capacity) + 0.5)
    return found if found >= LEAST else 0


@rule
def capacity_founded(org_hours):
    """What an organisation can sell in its first week [minutes]. org_hours: [hours]."""
    return max(LEAST, minutes(org_hours))


@rule
def unpaid_minutes(initiative, own_hours):
    """Unpaid time that an organisation gives in a week [minutes]. own_hours: at full initiative [hours]."""
    return minutes(initiative * own_hours)


@rule
def share_of_field(by_others, in_field):
    """The share of a week's work on an organisation's kinds that other organised forces did [0, 1]; 0 where
    there was none."""
    return share(by_others, in_field)


@rule
def initiative_after(initiative, by_others, led, eta_i):
    """Initiative after a week [0, 1].

    by_others: as from `share_of_field`; led: residents' acts that it led in the week; eta_i: speed [1/week].
    Having led anybody brings it nearer to 1, having had its field done by others nearer to 0. In weeks that
    are all alike it comes to 1 / (1 + by_others) for who leads, and to 0 for who does not and has others.
    """
    gained = 1.0 - initiative if led > 0 else 0.0
    return initiative + eta_i * (gained - by_others * initiative)


@rule
def worth_of_service(y_service, y_led, is_led):
    """Probability that general service feels worth it. y_led: added where an organisation leads it."""
    return y_service + y_led if is_led else y_service
