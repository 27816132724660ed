"""The day: its phases in the order of the specification, and each phase by hand in a small world."""

import ast
import dataclasses
import inspect
import textwrap

import numpy as np
import pytest

from linli.agents.rules.asking import KNOWN
from linli.agents.rules.matching import MATCHED
from linli.agents.rules.resolution import CLOSED, LAPSED, LATENT, REPORTED, RESOLVED
from linli.agents.traits import CHILD, NEVER
from linli.model import day
from linli.model import scenario as scenarios
from linli.model.array import day as array_day
from linli.model.community import Community
from linli.model.matters import GREENING, PARKING, REPAIR
from linli.model.measures import record
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range, mechanisms_off
from linli.model.place import Place
from linli.model.population import populate
from linli.model.scenario import Scenario

SPECIFIED = (
    "policies_set_levers",
    "emergency_is_called",
    "matters_arise",
    "voice",
    "departments_are_called",
    "workers_divide_their_day",
    "services_are_bought",
    "members_are_matched",
    "doors_are_visited",
    "asking",
    "deliberation",
    "work",
    "acquaintance",
    "outcomes",
    "roles",
    "record",
)

SMALL = Place(
    residents=60,
    households=40,
    planned_compounds=0,
    mixed_compounds=2,
    grids=1,
    workers=2,
    managed_members=4,
    serving_members=0,
    sunk_members=0,
    volunteers=0,
    firms=1,
    managed_compounds=1,
    households_per_building=10,
)

QUIET = {"arrivals": 0.0, "theta_mean": -1000.0, "moves": 0.0, "peer_ask": 0.0}
"""Nothing arises, nobody acts."""


def small(policies="", days=30, seed=4, place=SMALL, never_acted=False, **values):
    p = beyond_range(**{**mechanisms_off(), **QUIET, **values})
    scenario = Scenario(name="small", place=place, parameters=p, days=days, seed=seed)
    people = populate(place, p, seed)
    if never_acted:
        people = dataclasses.replace(people, last_acted=np.full(len(people), NEVER, dtype=np.int32))
    return Community(scenario, policies=policies, population=people)


def totals(community):
    rows = np.array(community.records).sum(axis=0).tolist()
    return dict(zip(record.COLUMNS, rows, strict=True))


def a_matter(community, kind=PARKING, minutes=60, reported=True, compound=0):
    """A matter by hand, arisen today."""
    where = community.compounds[compound]
    affected = where.adults[0]
    work = 100 * minutes
    matter = Matter(where, affected.home_building, kind, where.arisen, affected, community.day, work, work)
    where.arisen += 1
    community.open_matter(matter)
    if reported:
        matter.status, matter.reported = REPORTED, community.day
    community.new_matters.clear()
    return matter


def test_the_phases_are_those_of_the_specification():
    assert tuple(phase.__name__ for phase in day.DAY) == SPECIFIED
    assert all(phase.__doc__ for phase in day.DAY)


def test_the_array_engine_runs_the_same_phases_in_the_same_order():
    """Each under the same name, from the state, what the day hands on, and the community."""
    halves = [array_day.until_asked, array_day.from_deliberation_on]
    assert _called_in(array_day.run_pass) == [getattr(half, "py_func", half).__name__ for half in halves]
    called = [name for half in halves for name in _called_in(half)]
    assert called == ["_morning", *(phase.__name__ for phase in day.DAY)]


def _called_in(loop):
    """What is called with the state, what the day hands on, and the community, in the order of the source."""
    source = textwrap.dedent(inspect.getsource(getattr(loop, "py_func", loop)))
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: call.lineno)
    return [c.func.id for c in calls if [getattr(a, "id", "") for a in c.args] == ["w", "now", "c"]]


def test_a_step_runs_the_phases_once_each_in_order(monkeypatch):
    seen = []

    def watched(phase):
        def run(community):
            seen.append((community.day, phase.__name__))
            phase(community)

        return run

    monkeypatch.setattr(day, "DAY", tuple(watched(phase) for phase in day.DAY))
    community = small()
    community.step()
    community.step()
    assert seen == [(d, name) for d in (0, 1) for name in SPECIFIED]


# matters and voice --------------------------------------------------------------------------------------


def test_arrivals_follow_their_rate():
    """60 people, 50 per 1000 and day, 400 days: 1200 expected, standard deviation about 35."""
    community = small(arrivals=50.0, days=400).run()
    assert abs(totals(community)["arisen"] - 1200) < 4 * 35


@pytest.mark.parametrize(("readiness", "share"), [(1000.0, 1.0), (-1000.0, 0.0)])
def test_all_or_nothing_is_reported(readiness, share):
    community = small(arrivals=20.0, theta_v=readiness).run()
    assert totals(community)["arisen"] > 10
    assert totals(community)["reported"] == share * totals(community)["arisen"]


# workers and members ------------------------------------------------------------------------------------


def test_workers_divide_working_days_and_rest_at_weekends():
    community = small(days=14).run()
    office = [row[record.COLUMNS.index("office_minutes")] for row in community.records]
    assert office == [720, 720, 720, 720, 720, 0, 0] * 2


def test_matching_is_bounded_by_hours():
    """Two workers, 60 minutes a workday each for matching, 90 a match: 1, 1, 2 matches in three days."""
    place = dataclasses.replace(SMALL, sunk_members=20)
    community = small("match:share=0.5", days=3, place=place).run()
    assert [row[record.COLUMNS.index("matches")] for row in community.records] == [1, 1, 2]
    assert [row[record.COLUMNS.index("match_minutes")] for row in community.records] == [120, 120, 120]


def test_matching_time_without_members_to_match_goes_to_matters():
    community = small("match:share=0.5", place=dataclasses.replace(SMALL, managed_members=0), days=5).run()
    assert totals(community)["match_minutes"] == 0
    # 60 minutes for matching, and of the rest 36 for asking and 24 for matters: no matter, so outreach
    assert totals(community)["outreach_minutes"] == 5 * 2 * (60 + 24)


def test_a_member_serves_once_a_week():
    community = small("match:share=0.9", days=70, delta_M=0.0, delta_q=0.0, delta_I=0.0)
    sessions = {member.number: [] for member in community.members}
    while community.day < 70:
        community.step()
        for member in community.members:
            if member.has_session(community.day - 1):
                sessions[member.number].append(community.day - 1)
    assert all(member.status == MATCHED for member in community.members)
    for days_served in sessions.values():
        assert len(days_served) >= 8
        assert set(np.diff(days_served).tolist()) == {7}


# asking and deliberation --------------------------------------------------------------------------------


def test_everybody_eager_acts_as_often_as_rest_allows():
    community = small(theta_mean=1000.0, lambda0=1.0, mu=0.0, R=3, days=12, never_acted=True).run()
    acts = [row[record.COLUMNS.index("acts_spontaneous")] for row in community.records]
    asked = [row[record.COLUMNS.index("acts_asked")] for row in community.records]
    adults = len(community.adults)
    assert [a + b for a, b in zip(acts, asked, strict=True)] == [adults, 0, 0, 0] * 3


def test_children_neither_hear_nor_act_nor_learn():
    community = small(theta_mean=1000.0, lambda0=1.0, mu=0.0, arrivals=20.0).run()
    children = [resident for resident in community.residents if resident.age == CHILD]
    assert children
    for child in children:
        child.hear(KNOWN, community.day)
        assert (child.heard, child.last_acted, child.next_occasion) == (0, NEVER, -1)
        assert (child.efficacy, child.trust, child.minutes_year) == (0.5, 0.5, 0)
    assert not community.asked


def test_an_ask_is_an_occasion_and_leaves_the_calendar_alone():
    community = small(theta_mean=1000.0, lambda0=1e-9, mu=0.0, never_acted=True)
    one = community.adults[0]
    planned = one.next_occasion
    community.step()
    one.hear(KNOWN, 1)
    community._set_clock()
    day.deliberation(community)
    assert one.last_acted == 1
    assert community.today.acts_asked == len(community.acting) >= 1
    assert one.next_occasion == planned


def test_everybody_decides_from_the_state_at_the_start_of_the_day():
    """Seeing anybody active forbids acting: on the first day nobody is seen, on the second the first are."""
    community = small(
        theta_mean=0.0, sigma=0.0, owner=0.0, elder=0.0, young=0.0, party=0.0, J=-1000.0,
        lambda0=1.0, mu=0.0, R=0, never_acted=True, days=2, s_ask=0.0, s_match=0.0,
    )  # fmt: skip
    community.step()
    first = {resident.number for resident in community.adults if resident.last_acted == 0}
    assert 0.25 < len(first) / len(community.adults) < 0.75, "half of them by chance, whoever decided before"
    community.step()
    for resident in community.adults:
        if resident.last_acted == 1:
            assert not any(tie.number in first for tie in resident.ties), (
                "whoever saw somebody active held back"
            )


# work ---------------------------------------------------------------------------------------------------


BARE = dataclasses.replace(SMALL, firms=0, managed_compounds=0, managed_members=0)
"""Nobody but workers to work on matters."""


def day_of_work(community, minutes):
    """The working part of a day on which nobody acts. minutes: workers' time for matters."""
    community._set_clock()
    community.acting = []
    community.matter_minutes = minutes
    day.work(community)


def test_workers_take_the_oldest_matter_first():
    community = small(place=BARE)
    community.step()
    matters = [a_matter(community, PARKING, 60) for _ in range(3)]
    day_of_work(community, 100)
    assert [matter.need // 100 for matter in matters] == [0, 20, 60]
    assert (community.today.worker_matter_minutes, community.today.outreach_minutes) == (100, 0)


def test_workers_spend_what_is_left_on_outreach():
    community = small(place=BARE)
    community.step()
    banked = [worker.ask_bank for worker in community.workers]
    matters = [a_matter(community, PARKING, 60) for _ in range(3)]
    day_of_work(community, 231)
    assert [matter.need for matter in matters] == [0, 0, 0]
    assert (community.today.worker_matter_minutes, community.today.outreach_minutes) == (180, 51)
    assert [worker.ask_bank - was for worker, was in zip(community.workers, banked, strict=True)] == [26, 25]


def test_latent_matters_are_seen_by_neighbours_only():
    community = small(place=BARE)
    community.step()
    matter = a_matter(community, PARKING, 60, reported=False)
    day_of_work(community, 1000)
    assert matter.need == matter.work
    neighbour = matter.compound.adults[-1]
    assert matter.is_in_sight_of(neighbour)


def test_a_building_matter_is_in_sight_of_its_building_only():
    community = small()
    compound = max(community.compounds, key=lambda c: len({r.home_building for r in c.residents}))
    matter = a_matter(community, REPAIR, 60, compound=compound.number)
    buildings = {resident.home_building for resident in compound.residents}
    assert len(buildings) > 1
    for building in buildings:
        seen = {matter.is_in_sight_of(resident) for resident in building.residents}
        assert seen == {building is matter.building}


def test_firms_work_where_they_serve_and_on_what_is_theirs():
    community = small(place=dataclasses.replace(SMALL, managed_members=0), firm_h=2.0)
    community.step()
    served = community.firms[0].compounds[0].number
    here = a_matter(community, GREENING, 500, compound=served)
    there = a_matter(community, GREENING, 500, compound=1 - served)
    dispute = a_matter(community, 3, 500, compound=served)
    day_of_work(community, 0)
    assert (here.work - here.need) // 100 == 60, "two hours at half effort"
    assert there.need == there.work
    assert dispute.need == dispute.work
    assert community.today.firm_minutes == 60


# social organisations -----------------------------------------------------------------------------------

SERVED = dataclasses.replace(SMALL, managed_members=0, firms=0, managed_compounds=0, organisations=4)
"""One organisation of each speciality: care, mediation, environment, general."""
BUYS = "social:yuan=73,price=10,mobilise={}"
"""60 residents, 84 yuan a week: 504 minutes."""


def monday(community):
    """The morning on which services are bought; what was bought of each."""
    day.policies_set_levers(community)
    day.services_are_bought(community)
    return [one.sold for one in community.organisations]


def test_services_are_bought_where_most_is_open_and_then_where_less_is():
    for kinds, sold in (
        ([(3, 100), (4, 90)], [240, 240, 24, 0]),  # disputes, then old people, then what is left of the money
        ([(PARKING, 60), (REPAIR, 60), (GREENING, 110)], [24, 0, 240, 240]),
        ([(GREENING, 100)], [240, 24, 240, 0]),  # where nothing is open, in the order of specialities
    ):
        community = small(BUYS.format(0), place=SERVED, org_hours=4.0)
        community.begin_day()
        for kind, minutes in kinds:
            a_matter(community, kind, minutes)
        a_matter(community, 3, 999, reported=False)
        assert monday(community) == sold
        assert community.today.bought_minutes == sum(sold) == 504


def test_the_first_of_two_organisations_that_ask_somebody_leads():
    for order in ((0, 3), (3, 0)):
        community = small(place=SERVED)
        community.begin_day()
        resident = community.adults[5]
        for number in order:
            community.organisations[number].comes_to(resident, community.day)
        assert resident.leader.number == 0
        assert resident.is_led(community.day)
        assert [one.led for one in community.organisations] == [1, 0, 0, 0]
        resident.hear(KNOWN, community.day)
        assert not resident.is_led(community.day), "somebody closer asked"


def test_organisations_work_on_their_own_kinds_alone_and_last():
    """Workers' minutes come first; then 240 minutes of the environment meet greening at .8."""
    community = small(BUYS.format(0), place=SERVED, org_hours=4.0, a0=1.0)
    community.begin_day()
    green, dispute = a_matter(community, GREENING, 500), a_matter(community, 3, 100)
    monday(community)
    day.work(community)
    environment, mediation = community.organisations[2], community.organisations[1]
    assert green.work - green.need == 240 * 80
    assert dispute.work - dispute.need == 100 * 100
    assert (environment.bank, mediation.bank) == (0, 240 - 125)
    assert green.organised_minutes == 240
    assert community.today.organisation_minutes == 240 + 125
    assert (environment.by_others, environment.in_field) == (0, 240 * 80)


def test_one_visit_a_day_goes_to_whom_a_matter_concerns():
    community = small(BUYS.format(1), place=SERVED, org_hours=4.0, c_ask=0.25)
    community.begin_day()
    shared, own = a_matter(community, GREENING, 500, compound=1), a_matter(community, 3, 100)
    monday(community)
    day.asking(community)
    asked = [resident for resident in community.residents if resident.leader is not None]
    assert community.today.organisation_asks == len(asked) == 2
    by = {resident.leader.number: resident for resident in asked}
    assert by[2].home_compound is shared.compound
    assert by[1].home_building is own.building


# outcomes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("s0", "resolved"), [(1.0, 1.0), (0.0, 0.0)])
def test_complete_work_resolves_as_success_has_it(s0, resolved):
    community = small(arrivals=20.0, theta_v=1000.0, s0=s0, s1=0.0, s2=0.0, days=60).run()
    sums = totals(community)
    assert sums["attempts"] > 10
    assert (sums["resolved"] + sums["resolved_unreported"] == sums["attempts"]) == (resolved == 1.0)
    assert (sums["resolved"] > 0) == (resolved == 1.0)


@pytest.mark.parametrize(
    ("psi", "name", "other"), [(1.0, "closed_on_paper", "lapsed"), (0.0, "lapsed", "closed_on_paper")]
)
def test_a_passed_deadline_closes_on_paper_or_lets_lapse(psi, name, other):
    community = small(
        arrivals=20.0, theta_v=1000.0, s0=0.0, s1=0.0, s2=0.0, psi=psi, days=60, deadline=5
    ).run()
    sums = totals(community)
    assert sums[name] > 10
    assert sums[other] == 0
    assert all(community.day - 1 - matter.reported < 5 for matter in community.queue if matter.reported >= 0)


def test_a_matter_in_vain_is_taken_up_again_from_the_start():
    community = small(
        place=dataclasses.replace(SMALL, firms=0, managed_compounds=0), s0=0.0, s1=0.0, s2=0.0, nu=1.0
    )
    community.step()
    matter, younger = a_matter(community, PARKING, 30), a_matter(community, PARKING, 10**4)
    day_of_work(community, 30)
    assert matter.need == 0
    day.outcomes(community)
    assert (matter.status, matter.need, matter.minutes) == (REPORTED, matter.work, 0)
    assert community.queue == [younger, matter], "at the back of the queue"


def test_only_what_happened_counts_for_trust():
    """Closed on paper or lapsed, trust falls alike; resolved, it grows. A shared one teaches a building."""
    fallen = []
    for status in (CLOSED, LAPSED, RESOLVED):
        community = small()
        community.step()
        matter = a_matter(community, PARKING)
        community.end_matter(matter, status)
        changed = {resident.number for resident in community.adults if resident.trust != 0.5}
        assert changed == {resident.number for resident in matter.building.adults}
        fallen.append(matter.affected.trust)
    assert fallen == pytest.approx([0.475, 0.475, 0.525])


def test_a_matter_of_one_teaches_the_affected_alone():
    community = small()
    community.step()
    matter = a_matter(community, REPAIR)
    community.end_matter(matter, RESOLVED)
    assert {r.number for r in community.adults if r.trust != 0.5} == {matter.affected.number}
    assert matter.status == RESOLVED
    assert matter not in community.queue
    assert not matter.compound.matters
    assert matter.building.open_matters == 0


def test_unreported_matters_lapse_when_patience_ends():
    community = small(patience=4, days=10)
    community.step()
    matter = a_matter(community, PARKING, 10**4, reported=False)
    arose = community.day
    while matter.status == LATENT:
        community.step()
    assert matter.status == LAPSED
    assert community.day - 1 - arose == 4


def test_neighbours_solving_encourages_and_others_solving_discourages():
    for by_residents, expected in ((True, 0.51), (False, 0.49)):
        community = small(s0=1.0, s1=0.0, s2=0.0)
        community.step()
        matter = a_matter(community, PARKING, 30)
        matter.need = 0
        if by_residents:
            matter.resident_minutes = 30
        else:
            matter.organised_minutes = 30
        day.outcomes(community)
        assert [r.efficacy for r in matter.building.adults] == pytest.approx(
            [expected] * len(matter.building.adults)
        )


# roles --------------------------------------------------------------------------------------------------


def test_every_act_registers_when_it_must():
    community = small(theta_mean=1000.0, lambda0=1.0, mu=0.0, rho_v=1.0, days=1, never_acted=True).run()
    assert community.today.volunteers == len(community.adults)


def test_people_who_move_in_have_no_history():
    community = small(theta_mean=1000.0, lambda0=1.0, mu=0.0, rho_v=1.0, days=3, never_acted=True).run()
    number = next(n for n, household in enumerate(community.households) if len(household) > 1)
    old = [resident.theta for resident in community.households[number]]
    community.replace_household(number)
    for resident, theta in zip(community.households[number], old, strict=True):
        assert resident.theta != theta
        assert (resident.last_acted, resident.fatigue, resident.minutes_year) == (NEVER, 0.0, 0)
        assert resident.registered == NEVER
        assert (resident.efficacy, resident.trust, resident.satisfaction) == (0.5, 0.5, 0.5)


def test_households_of_managed_members_stay():
    community = small(moves=300.0, days=30).run()
    assert totals(community)["households_moved"] > 100
    assert all(member.home is not None for member in community.members)


# asked and acting ---------------------------------------------------------------------------------------


def test_who_is_asked_differs_from_who_is_moved_by_the_ask(monkeypatch):
    """Workers call volunteers, so the asked act more often than others for other reasons: a survey's ratio of
    acting when asked to acting unasked exceeds what asking causes."""
    asked, same_unasked, others = [], [], []

    def survey(community):
        heard = set(map(id, community.asked))
        for resident in community.asked:
            stamp = resident.heard
            asked.append(chance(resident, community.day))
            resident.heard = 0
            same_unasked.append(chance(resident, community.day))
            resident.heard = stamp
        others.extend(chance(r, community.day) for r in community.adults[::7] if id(r) not in heard)

    def chance(resident, today):
        return 1 / (1 + np.exp(-resident.appeal_of_acting(today)))

    at = SPECIFIED.index("deliberation")
    monkeypatch.setattr(day, "DAY", (*day.DAY[:at], survey, *day.DAY[at:]))
    community = Community(scenarios.load("lane").but(burn_in=0, days=100), rng=2)
    plain = Community(scenarios.load("lane").but(burn_in=0, days=100), rng=2)
    community.run()
    monkeypatch.undo()
    assert community.records == plain.run().records, "asking questions changes nothing"
    in_a_survey = np.mean(asked) / np.mean(others)
    caused = np.mean(asked) / np.mean(same_unasked)
    assert in_a_survey > 1.2 * caused > 1.2
