"""The record of one day: whole numbers only, so that it is the same whoever adds it up, in any order.

Every measure is a function of records. Amounts of time are in minutes, money in fen (1/100 yuan); sums of
states are in quanta (see `agents.rules.learning.QUANTUM`).
"""

import dataclasses
from dataclasses import dataclass


@dataclass(slots=True)
class Record:
    """What happened on one day (flows), and how things stood at its end (stocks)."""

    day: int = 0  # counted from the first day of the run, burn-in included
    # acts of residents: flows
    occasions: int = 0
    acts_spontaneous: int = 0
    acts_asked: int = 0
    acts_rewarded: int = 0  # part of the two above
    meetings: int = 0
    resident_matter_minutes: int = 0
    resident_service_minutes: int = 0
    meeting_minutes: int = 0
    # hours of the organised: flows
    member_matter_minutes: int = 0
    member_service_minutes: int = 0
    member_ask_minutes: int = 0
    leader_minutes: int = 0  # part of the three above: by leaders, who serve without any policy
    presence_minutes: int = 0
    office_minutes: int = 0
    match_minutes: int = 0
    ask_minutes: int = 0
    worker_matter_minutes: int = 0
    outreach_minutes: int = 0
    report_minutes: int = 0  # of workers, for an appraisal by the record
    firm_minutes: int = 0
    organisation_minutes: int = 0  # on matters
    organisation_ask_minutes: int = 0
    bought_minutes: int = 0  # of organisations, on Mondays
    unit_days: int = 0  # service days of linked units
    unit_matter_minutes: int = 0
    unit_service_minutes: int = 0
    idle_minutes: int = 0  # of those bought for the week before, for which nothing was found
    # asking: flows
    visits: int = 0
    drive_visits: int = 0  # part of the visits: those of a drive, which register and ask for nothing
    calls: int = 0
    unanswered: int = 0  # volunteers due a call on a working day for whom there was no time
    member_asks: int = 0
    peer_asks: int = 0
    organisation_asks: int = 0
    acts_led: int = 0  # part of the acts asked: by an organisation, and by nobody closer
    # members: stocks, then flows
    members_absent: int = 0
    members_idle: int = 0
    members_matched: int = 0
    members_decoupled: int = 0
    fit_permille: int = 0
    members_in_branches: int = 0
    branches: int = 0
    matches: int = 0
    posts_left: int = 0
    # matters: flows, then stocks
    arisen: int = 0
    reported: int = 0
    attempts: int = 0
    resolved: int = 0
    resolved_unreported: int = 0
    resolved_without_residents: int = 0
    closed_on_paper: int = 0
    lapsed: int = 0
    lapsed_unreported: int = 0
    open_reported: int = 0
    open_latent: int = 0
    need_in_sight: int = 0
    prevented_by_works: int = 0  # that would have arisen
    # departments: flows, then a stock
    bounces: int = 0  # of hand-overs, which begin anew
    received: int = 0  # matters that came into the hands of a department
    received_after_days: int = 0  # since the report, summed over these
    departments_served: int = 0  # matters for which a department did its part
    department_minutes: int = 0  # worked
    department_idle_minutes: int = 0  # for which there was no matter that a department had received
    lost_between_hands: int = 0  # lapsed or closed on paper while nobody owned them
    between_hands: int = 0
    # fund: flows, then a stock
    fund_paid_fen: int = 0  # into it
    fund_spent_fen: int = 0
    fund_meeting_minutes: int = 0  # residents who choose what it is spent on
    matters_funded: int = 0
    small_works: int = 0
    fund_fen: int = 0
    # residents: stocks
    engaged_owners: int = 0
    engaged_tenants: int = 0
    engaged_young: int = 0
    engaged_middle: int = 0
    engaged_elder: int = 0
    engaged_old: int = 0
    active_in_quarter: int = 0
    active_in_year: int = 0
    volunteers: int = 0
    volunteers_active: int = 0
    efficacy_quanta: int = 0
    trust_quanta: int = 0
    satisfaction_quanta: int = 0
    made_ties: int = 0  # each counted once
    households_moved: int = 0
    worn_quanta: int = 0  # what is left of it today, summed over adults
    households_sorting: int = 0
    allowances: int = 0  # active volunteers and serving members who get one, each once
    # waste sorting: flows
    children_taught: int = 0  # on the last day of a month
    compounds_judged: int = 0
    # firms: stocks, summed over firms
    effort_quanta: int = 0
    paid_quanta: int = 0
    # social organisations that exist: a stock
    organisations: int = 0
    # units of the area: stocks
    units_linked: int = 0
    units_serving: int = 0  # part of them: those that keep their word
    # owners' committees: stocks
    committees: int = 0
    initiative_quanta: int = 0
    # emergency: flows, then stocks
    turned_out: int = 0  # residents, each once a round
    visitors: int = 0  # sent to doors: staff, members and residents
    visitors_idle: int = 0  # who would have been sent, had somebody coordinated them
    doors_tried: int = 0
    doors_opened: int = 0
    doors_opened_first: int = 0  # part of them: in the first round
    doors_opened_second: int = 0
    emergency_worker_minutes: int = 0
    emergency_member_minutes: int = 0
    emergency_staff_minutes: int = 0
    emergency_resident_minutes: int = 0
    households_in_emergency: int = 0
    households_finished: int = 0  # where every round is done
    # policies: flows
    policy_minutes: int = 0
    policy_fen: int = 0


COLUMNS = tuple(f.name for f in dataclasses.fields(Record))
"""The names of a record's numbers, in order."""
