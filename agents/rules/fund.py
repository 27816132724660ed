"""A community fund 社区基金、保障资金: what it is spent on, by whose choice, and what small works prevent.

Once a month a kind of matter is chosen. Residents choose by what they see, a committee by what shows on its
record. The fund first gives matters of that kind the money they lack, and then pays for small works, after
which fewer of them arise. That the form holds is an assumption; ring-fenced money under democratic control is
a claim of the texts ("Chengdu's community governance: co-build, co-govern, share").
"""

from math import exp

from linli.agents.compiled import rule
from linli.agents.rules.shares import share
from linli.agents.rules.volunteering import YEAR
from linli.agents.rules.work_time import minutes


@rule
def fen(yuan):
    """Money in whole fen, in which it is kept. yuan: [yuan]."""
    return int(yuan * 100.0 + 0.5)


@rule
def paid_in(yuan, residents):
    """What a day brings to the fund [fen]. yuan: for each resident and year."""
    return fen(yuan * residents / YEAR)


@rule
def may_spend(account, committee, committee_account):
    """Whether money can be paid out in a compound: by the community's own account, or by that of the
    compound's owners' committee. Without an account there is a fund and nobody who can draw on it."""
    return account == 1 or (committee and committee_account == 1)


@rule
def weight_of_residents(democratic, council, decides):
    """How much residents have to say about the choice [0, 1]. democratic: of the fund; council: its power;
    decides: how far that reaches to what organised forces do [0, 1]."""
    return max(democratic, council * decides)


@rule
def days_shown(day, reported):
    """How long a reported matter stands on the record [days, at least 1]: so near is its deadline."""
    return day - reported + 1


@rule
def score(weight, seen, all_seen, shown, all_shown):
    """What speaks for a kind [0, 1]: its share of what residents see, and of what shows on the record.

    weight: of the residents; seen: unfinished matters times the adults who see them, and all_seen over the
    kinds that money can do something about; shown, all_shown: days that reported matters stand on the record,
    likewise.
    """
    return weight * share(seen, all_seen) + (1.0 - weight) * share(shown, all_shown)


@rule
def calls_for_works(weight, reported, hidden):
    """What speaks for small works in a compound [matters]: those of the kind on the record, and as far as
    residents choose, also what nobody reported."""
    return reported + weight * hidden


@rule
def meeting_minutes(weight, compounds, council_meeting):
    """What a month's choice takes of residents' time: somebody of each compound sits in a meeting.
    council_meeting: [hours]."""
    return minutes(weight * compounds * council_meeting)


@rule
def prevented_by_works(works_most, works):
    """Share of the matters of a kind that do not arise in a compound [0, 1]: each work prevents less than the
    one before. works_most: what any number of works can prevent; works: what is left of them."""
    return works_most * (1.0 - exp(-works))
