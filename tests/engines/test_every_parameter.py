"""No dead parameter, option or figure: each moves a measure, and in the direction that theory gives.

Both values of a comparison meet the same luck (common random numbers), in three worlds. They run on tables,
which are docked to the objects elsewhere and take a tenth of the time.
"""

import dataclasses
from dataclasses import dataclass, field

import numpy as np
import pytest

from linli.model import network as networks
from linli.model import scenario as scenarios
from linli.model.city import City
from linli.model.parameters import parameters, table
from linli.model.policies import POLICIES
from linli.model.policies.ask import STRATEGIES
from linli.model.population import populate

_LANE = scenarios.load("lane")
LANE = _LANE.but(burn_in=20, days=60, place=dataclasses.replace(_LANE.place, organisations=6))
SEEDS = (1, 2, 3)
CITY = LANE.but(
    place=dataclasses.replace(
        LANE.place,
        residents=2700,
        households=1400,
        mixed_compounds=14,
        grids=6,
        workers=6,
        volunteers=450,
        communities=5,
        size_spread=1.0,
    )
)
MATCH = "sink:headcount=44,accountability=0.3; match:share=0.5"
ALL = f"{MATCH}; relieve; council; property; platform; ask"
SOCIAL = "social:yuan=100"
FUND = "fund:yuan=1000"
ROUNDS = "emergency:rounds=20"


@dataclass(frozen=True)
class Case:
    """A parameter is raised from low to high (by default over its range); `measure` follows with `sign`.

    policies, given, at: what is in force besides, and other figures of the place, so that the mechanism is
    awake.
    """

    measure: str
    sign: int
    policies: str = ""
    given: dict[str, float] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    at: dict[str, int] = field(default_factory=dict)


def of(measure, sign, policies="", low=None, high=None, at=(), **given):
    return Case(measure, sign, policies, given, low, high, dict(at))


SERVICE_ONLY = {"mu_m": 0.0, "eta_e": 0.3}

CASES = {
    # motive
    "theta_mean": of("active_in_year", +1),
    "sigma": of("active_in_year", +1),  # the mean motive lies far below zero: only dispersion makes actors
    "owner": of("gap_owner_tenant", +1),
    "elder": of("gap_old_middle", +1),
    "young": of("gap_old_young", -1),
    "party": of("active_in_year", +1),
    # occasions
    "lambda0": of("acts_spontaneous", +1),
    "mu": of("acts_spontaneous", -1, n_bar=50.0),  # where need is scarce, fewer occasions are left
    "n_bar": of("acts_spontaneous", -1, low=0.5, high=10.0),
    "R": of("acts_spontaneous", -1),
    "rest_motive": of("acts_spontaneous", +1),  # who would act most rests least
    "weekend": of("weekend_share", +1),
    "council_occasions": of("resident_hours", +1, "council"),
    # participation
    "J": of("active_in_year", +1),
    "W": of("engaged_share", +1),
    "w_P": of("acts_spontaneous", +1, MATCH, sunk_at_home=1.0, J=6.0),
    "seen": of("acts_spontaneous", +1, MATCH, J=6.0),
    "chi": of("acts_spontaneous", -1, MATCH),
    "b_h": of("acts_spontaneous", +1, eta_h=0.5),
    "eta_h": of("acts_spontaneous", +1, b_h=2.0),
    "delta_h": of("acts_spontaneous", -1, b_h=2.0, eta_h=0.5),
    "b_r": of("acts_spontaneous", +1, "reward"),
    "b_w": of("acts_spontaneous", -1, "reward", eta_w=0.5),
    "eta_w": of("acts_spontaneous", -1, "reward", b_w=2.0),
    "delta_w": of("acts_spontaneous", +1, "reward", b_w=2.0, eta_w=0.5),
    "allowance_scale": of(
        "members_matched", -1, f"{MATCH}; reward:allowance=300", delta_M=0.05, delta_q=0.05
    ),
    "bond": of("made_ties", +1),
    "bond_lasts": of("made_ties", +1, bond=0.5, J=0.0, high=60),
    "E": of("acts_spontaneous", +1, y_service=1.0, **SERVICE_ONLY),
    "tau": of("acts_spontaneous", +1, s0=1.0, eta_T=0.3, arrivals=4.0),
    # asking
    "A_known": of("acts_asked", +1),
    "A_stranger": of("acts_asked", +1),
    "peer_ask": of("asks", +1),
    "c_ask": of("visits", -1),
    "call_every": of("acts_asked", -1),
    "c_call": of("visits", -1),
    # the act
    "bout_median": of("resident_hours", +1),
    "bout_spread": of("hours_gini", +1),
    "mu_m": of("resident_matter_hours", +1),
    "y_service": of("efficacy", +1, mu_m=0.0),
    "unskilled": of("resident_matter_hours", -1),  # the same work takes fewer hours
    "council_meeting": of("resident_hours", +1, "council"),
    # learning
    "eta_e": of("efficacy", -1, y_service=0.0, mu_m=0.0),
    "eta_o": of("efficacy", +1),
    "omega": of("efficacy", -1),
    "delta_e": of("efficacy", +1, y_service=0.0, **SERVICE_ONLY),
    "xi": of("efficacy", -1, "council", y_service=0.0, mu_m=0.0),
    "eta_T": of("trust", +1, s0=1.0),
    "learn_at_end": of("efficacy", +1, s0=0.0, nu=1.0, mu_m=1.0, eta_e=0.5),  # fewer lessons of failure
    "expects": of("efficacy", +1, s0=0.0, eta_b=1.0, mu_m=1.0),  # little is expected, so failing hurts less
    "eta_b": of("efficacy", +1, s0=0.0, expects=1.0, mu_m=1.0),
    "thanked": of("efficacy", +1),
    "phi": of("acts_spontaneous", -1, R=0),
    "delta_F": of("acts_spontaneous", +1, R=0, phi=1.0),
    # voice
    "theta_v": of("matters_reported", +1),
    "c_report": of("matters_reported", -1),
    "g": of("matters_reported", +1, beta_v=0.0, discover=0.0, arrivals=10.0),
    "sigma_v": of("matters_reported", +1, theta_v=-3.0, g=0.0),  # of the silent some become ready
    "owner_v": of("matters_reported", +1),
    "beta_v": of("matters_reported", -1, s0=0.05, g=0.0, arrivals=10.0, deadline=5),
    # fewer wait for each other
    "dilemma_of_building": of(
        "matters_reported", +1, theta_v=0.0, sigma_v=0.0, beta_v=0.0, g=0.0, discover=0.0, arrivals=10.0
    ),
    "discover": of("matters_reported", +1),
    "platform_ease": of("matters_reported", +1, "platform"),
    # matters
    "arrivals": of("matters_arisen", +1, high=4.0),
    "work_hours": of("true_resolution", -1),
    "deadline": of("true_resolution", +1),
    "patience": of("need_in_sight", +1),
    "prevent_service": of("matters_arisen", -1, theta_mean=-4.0, mu_m=0.0),
    "needs_money": of("true_resolution", -1),
    "needs_department": of("true_resolution", -1),
    "hindered": of("true_resolution", +1, needs_money=1.0, needs_department=1.0),
    "s0": of("true_resolution", +1),
    "s1": of("true_resolution", +1, "property:share=1", b2=1.0, eta_x=1.0, s0=0.1),
    "s2": of(
        "true_resolution", +1, needs_money=0.0, needs_department=0.0, arrivals=5.0
    ),  # workers' hours are of more than neutral quality
    "nu": of("true_resolution", +1),
    "sees_dead": of("need_in_sight", +1),
    "psi": of("recorded_closure", +1),
    "platform_pressure": of("recorded_closure", +1, "platform"),
    # departments
    "bounce": of("days_to_department", +1, at={"department_hours": 20}, needs_department=1.0, high=0.7),
    "handover_days": of("days_to_department", +1, at={"department_hours": 20}, low=1, high=4),
    "department_work": of("departments_busy", +1, at={"department_hours": 20}),
    # order and appraisal
    "judged": of("recorded_closure", +1, "appraise:by=record"),
    "c_record": of("worker_administration", +1, "appraise:by=record"),
    "b4": of("property_effort", +1, "appraise"),
    # fund
    "fund_matter": of(
        "matters_funded", -1, "fund:yuan=100", low=100, high=20_000, needs_money=1.0, arrivals=4.0
    ),
    "small_work": of("small_works", -1, "fund:yuan=200", low=500, high=20_000),
    "works_most": of("matters_prevented", +1, "fund:yuan=1000", small_work=500, arrivals=4.0),
    "delta_works": of("matters_prevented", -1, FUND, small_work=500, works_most=1.0, arrivals=4.0),
    # owners' committees
    "b_c": of("property_effort", +1, "committees:share=1"),
    "eta_c": of("committee_initiative", +1, "committees:share=1"),
    # volunteers
    "rho_v": of("volunteers_registered", +1),
    "delta_V": of("volunteers_registered", -1, lapse_after=30),
    "lapse_after": of("volunteers_registered", +1, delta_V=0.05),
    "rho_d": of("volunteers_registered", +1, "drive"),
    "unanswered": of("efficacy", -1, c_call=0.5, call_every=7),
    # members
    "delta_I": of("members_decoupled", +1),
    "branch_keeps": of("members_decoupled", -1, "branch"),
    "delta_R": of("members_decoupled", -1),
    "delta_M": of("members_matched", -1, MATCH),
    "delta_q": of("members_matched", -1, "match:method=random,share=0.5"),  # bad fits are left
    "c_m": of("members_matched", -1, MATCH),
    "posts": of("fit", +1, MATCH, low=12, high=60),  # more to choose from
    "member_hours": of("member_hours", +1, MATCH),
    "member_asks": of("asks", +1, MATCH),
    "other_skill": of("fit", +1, MATCH),
    "other_wish": of("fit", +1, MATCH),
    "sunk_at_home": of("engaged_share", +1, MATCH, J=6.0, w_P=5.0),
    # workers
    "a0": of("worker_administration", +1),
    "rho": of("worker_administration", +1, "relieve"),
    "s_match": of("members_matched", +1, "match"),
    "s_ask": of("visits", +1),
    # property
    "eta_S": of("satisfaction", +1, "property:share=1", b2=1.0, low=0.02, high=0.4),
    "eta_x": of("property_effort", +1, "property:share=1"),
    "b1": of("property_effort", +1, "property:share=1"),
    "b2": of("property_effort", +1, "property:share=1"),
    "b3": of("property_effort", -1),
    "pi": of("fee_payment", +1, "property:share=1", b2=1.0, eta_x=1.0, eta_S=0.5),
    "x0": of("property_effort", +1),
    "firm_h": of("true_resolution", +1, arrivals=3.0),
    # social organisations
    "org_hours": of("organisations_alive", -1, SOCIAL),  # the same money founds fewer
    "eta_k": of("organisations_alive", -1, "social:yuan=100,end=5", org_hours=20.0),
    "own_hours": of("organisation_hours", +1, SOCIAL, arrivals=5.0),
    "initiative0": of("organisation_hours", +1, SOCIAL, arrivals=5.0),
    "eta_i": of("organisation_hours", -1, "social:yuan=100,mobilise=0", arrivals=5.0, own_hours=40.0),
    "y_led": of("efficacy", +1, "social:yuan=200,mobilise=1", arrivals=10.0, theta_v=3.0, **SERVICE_ONLY),
    # units of the area
    "unit_day": of("unit_hours", +1, "units:share=1"),
    "room_reach": of("resident_hours", +1, "units:share=1", phi=0.0),
    # emergency
    "c_door": of("households_visited", -1, ROUNDS),
    "r_door": of("households_visited", +1, ROUNDS),
    "door_tries": of("households_visited", +1, ROUNDS),
    "visit_hours": of("households_visited", +1, ROUNDS),
    "span": of("households_visited", +1, ROUNDS),
    "urgent": of("households_visited", -1, ROUNDS, staff=0.0, idle_come=0.0, rally=-6.0),
    "staff": of("households_visited", +1, ROUNDS, span=1),
    "idle_come": of("visitors", +1, ROUNDS, staff=0.0, rally=-6.0),
    "rally": of("turned_out", +1, ROUNDS),
    "rally_register": of("turned_out", +1, ROUNDS),
    "eta_em": of("trust", +1, "emergency"),
    # waste sorting
    "theta_s": of("households_sorting", +1, "teach"),
    "J_s": of("households_sorting", +1, "teach"),
    "taught": of("households_sorting", +1, "teach"),
    "honour": of("households_sorting", +1, "contest:every=1"),
    "given_up": of("households_sorting", -1, "contest:every=1"),
    "w_s": of("households_sorting", +1, f"{MATCH}; teach"),
    "prevent_sorting": of("matters_arisen", -1, "teach", theta_s=2.0, arrivals=10.0),
    # place
    "moves": of("active_in_year", -1),
    "homophily": of("", 0),
    "ties_building": of("", 0),
    "ties_compound": of("", 0),
    "ties_community": of("", 0),
    "wage": of("cost_yuan", +1, ALL),
}
"""One case a parameter. Where the measure is empty, theory gives no direction for any: it only has to move
one. What those parameters do to the network itself is tested below."""


def measured(scenario, policies, seed, **given):
    return City(scenario, policies=policies, rng=seed, **given).run().measures()


def moved(pairs):
    """The measures that differ in any of the pairs of runs."""
    return {
        name
        for low, high in pairs
        for name in low
        if not np.array_equal(low[name], high[name], equal_nan=True)
    }


def check(pairs, measure, sign):
    assert moved(pairs), "it moves no measure: it is dead"
    if sign:
        effects = [sign * (high[measure] - low[measure]) for low, high in pairs]
        assert min(effects) >= 0, f"{measure} by {effects} against its expected sign {sign:+d}"
        assert max(effects) > 0, f"{measure} does not move"


def test_every_parameter_has_a_case():
    assert set(CASES) == set(table())


@pytest.mark.parametrize("name", sorted(table()))
def test_parameter_moves_what_theory_says(name):
    case, about = CASES[name], table()[name]
    low = about.low if case.low is None else case.low
    high = about.high if case.high is None else case.high
    where = LANE.but(place=dataclasses.replace(LANE.place, **case.at))
    pairs = [
        tuple(measured(where, case.policies, seed, **case.given, **{name: value}) for value in (low, high))
        for seed in SEEDS
    ]
    check(pairs, case.measure, case.sign)


# the network that the ties parameters make --------------------------------------------------------------


def network(**changed):
    p = parameters(changed)
    people = populate(LANE.place, p, 1)
    return people, networks.build(people, p, 1)


@pytest.mark.parametrize("group", ["building", "compound", "community"])
def test_ties_grow_where_they_are_asked_for(group):
    shares = []
    for ties in (0, 20):
        people, ties_of = network(**{"homophily": 0.0, f"ties_{group}": ties})
        source = np.repeat(np.arange(len(people)), ties_of.degrees)
        same_building = people.building[source] == people.building[ties_of.ties]
        same_compound = people.compound[source] == people.compound[ties_of.ties]
        where = {
            "building": same_building,
            "compound": same_compound & ~same_building,
            "community": ~same_compound,
        }
        shares.append(int(where[group].sum()))
    assert shares[1] > shares[0]


def test_homophily_ties_people_alike():
    alike = []
    for value in (0.0, 0.5, 1.0):
        people, ties = network(homophily=value)
        source = np.repeat(np.arange(len(people)), ties.degrees)
        abroad = people.household[source] != people.household[ties.ties]
        same = (people.age[source] == people.age[ties.ties]) & (
            people.tenure[source] == people.tenure[ties.ties]
        )
        alike.append(float(same[abroad].mean()))
    assert alike[0] < alike[1] < alike[2]


# options of policies ------------------------------------------------------------------------------------

OPTIONS = {
    ("sink", "headcount"): ("sink:headcount=5", "sink:headcount=48", "members_decoupled", +1),
    ("sink", "per1000"): ("sink:per1000=5", "sink:per1000=50", "members_decoupled", +1),
    ("sink", "hours"): (
        "match;sink:headcount=44,hours=1",
        "match;sink:headcount=44,hours=20",
        "member_hours",
        +1,
    ),
    ("sink", "accountability"): (
        "match;sink:headcount=44,accountability=0",
        "match;sink:headcount=44,accountability=1",
        "presence_hours",
        +1,
    ),
    ("sink", "allocation"): (
        "sink:headcount=60,allocation=equal",
        "sink:headcount=60,allocation=need",
        "",
        0,
    ),
    ("match", "method"): ("match:method=random", "match:method=skill_time_wish", "fit", +1),
    ("match", "share"): ("match:share=0.02", "match:share=0.9", "members_matched", +1),
    ("branch", "share"): ("branch:share=0.1", "branch:share=1", "members_decoupled", -1),
    ("branch", "size"): ("branch:size=2", "branch:size=40", "cost_yuan", -1),
    ("relieve", "share"): ("relieve:share=0.1", "relieve:share=1", "worker_administration", -1),
    ("council", "power"): ("council:power=0.1", "council:power=1", "resident_hours", +1),
    ("council", "decides"): ("council:decides=0.1", "council:decides=1", "need_in_sight", -1),
    ("appraise", "by"): ("appraise:by=residents", "appraise:by=record", "recorded_closure", +1),
    ("appraise", "weight"): ("appraise:weight=0.1", "appraise:weight=1", "property_effort", +1),
    ("fund", "yuan"): ("fund:yuan=5", "fund:yuan=200", "fund_spent", +1),
    ("fund", "democratic"): ("fund:yuan=200,democratic=0", "fund:yuan=200,democratic=1", "trust", +1),
    ("fund", "account"): ("fund:yuan=200,account=0", "fund:yuan=200,account=1", "fund_unspent", -1),
    ("committees", "share"): ("committees:share=0.2", "committees:share=1", "property_effort", +1),
    ("committees", "account"): (
        "fund:yuan=200,account=0; committees:share=1,account=0",
        "fund:yuan=200,account=0; committees:share=1,account=1",
        "fund_spent",
        +1,
    ),
    ("property", "share"): ("property:share=0.1", "property:share=1", "property_effort", +1),
    ("platform", "coverage"): ("platform:coverage=0.1", "platform:coverage=1", "recorded_closure", +1),
    ("platform", "deadline"): ("platform:deadline=3", "platform:deadline=60", "true_resolution", +1),
    ("platform", "routing"): ("platform:routing=0", "platform:routing=1", "days_to_department", -1),
    ("joint", "pooled"): ("joint:pooled=0", "joint:pooled=1", "department_hours_given", +1),
    ("joint", "coordination"): ("joint:coordination=0", "joint:coordination=1", "days_to_department", -1),
    ("drive", "share"): ("drive:share=0.1", "drive:share=0.6", "volunteers_registered", +1),
    ("social", "yuan"): ("social:yuan=20", "social:yuan=200", "cost_yuan", +1),
    ("social", "price"): ("social:yuan=100,price=20", "social:yuan=100,price=200", "organisation_hours", -1),
    ("social", "mobilise"): ("social:yuan=100,mobilise=0", "social:yuan=100,mobilise=1", "asks", +1),
    ("reward", "points"): ("reward:points=1", "reward:points=40", "acts_rewarded", +1),
    ("reward", "allowance"): ("reward:allowance=0", "reward:allowance=100", "cost_yuan", +1),
    ("contest", "every"): ("contest:every=2", "contest:every=1", "cost_yuan", +1),
    ("contest", "best"): ("contest:every=1,best=.25", "contest:every=1,best=1", "households_sorting", +1),
    ("contest", "share"): ("contest:every=1,share=.3", "contest:every=1,share=1", "cost_yuan", +1),
    ("teach", "share"): ("teach:share=.1", "teach:share=1", "households_sorting", +1),
    ("units", "share"): ("units:share=0", "units:share=1", "unit_hours", +1),
    ("units", "keep"): ("units:share=1,keep=0", "units:share=1,keep=1", "unit_hours", +1),
    ("emergency", "rounds"): ("emergency:rounds=1", "emergency:rounds=3", "households_visited", +1),
    ("emergency", "days"): ("emergency:days=1", "emergency:days=60", "trust", +1),
    ("emergency", "complete"): (
        "emergency:rounds=1,complete=.5",
        "emergency:rounds=1",
        "households_visited",
        +1,
    ),
    ("ask", "strategy"): ("ask:strategy=random", "ask:strategy=hubs", "", 0),
}

GIVEN = {("council", "decides"): {"arrivals": 5.0}, ("joint", "pooled"): {"arrivals": 5.0}}
"""Parameters besides, where a mechanism sleeps at the defaults: an order matters only where hours are short;
what most people see is then met first."""

OF_DEPARTMENTS = (("platform", "routing"), ("joint", "coordination"), ("joint", "pooled"))
"""Options that move something only where departments have hours."""
OF_SEVERAL = (("sink", "allocation"), ("joint", "pooled"))
"""Options that move something only among several communities."""

TIMING = {
    "start": ("{0}start=40", "{0}start=5"),
    "end": ("{0}end=20", "{0}end=65"),
    "ramp": ("{0}ramp=60", "{0}ramp=2"),
}
"""Less of a policy, then more of it."""

BASE = {
    "sink": "sink:headcount=44,",
    "match": "match:share=0.5,",
    "ask": "ask:strategy=hubs,",
    "contest": "contest:every=1,",
    "emergency": "emergency:rounds=20,",
}
ALL_OR_NOTHING = ("ask", "emergency")
"""Policies that are there or not: a ramp has no meaning."""


def test_every_option_has_a_case():
    own = {
        (p, f.name)
        for p, policy in POLICIES.items()
        for f in dataclasses.fields(policy)
        if f.name not in TIMING
    }
    assert own == set(OPTIONS)


@pytest.mark.parametrize("option", sorted(OPTIONS), ids=".".join)
def test_option_moves_what_theory_says(option):
    less, more, measure, sign = OPTIONS[option]
    where = CITY if option in OF_SEVERAL else LANE
    if option in OF_DEPARTMENTS:
        where = where.but(place=dataclasses.replace(where.place, department_hours=20))
    given = GIVEN.get(option, {})
    pairs = [tuple(measured(where, text, seed, **given) for text in (less, more)) for seed in SEEDS]
    check(pairs, measure, sign)


@pytest.mark.parametrize("timing", sorted(TIMING))
@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_timing_moves_every_policy(policy, timing):
    less, more = (text.format(BASE.get(policy, f"{policy}:")) for text in TIMING[timing])
    pair = measured(LANE, less, 1), measured(LANE, more, 1)
    if policy in ALL_OR_NOTHING and timing == "ramp":
        assert not moved([pair])
    elif policy == "ask":  # steers visits that the baseline pays too
        assert moved([pair])
    else:
        check([pair], "cost_yuan" if policy in ("platform", "social") else "cost_hours", +1)


@pytest.mark.parametrize("strategy", STRATEGIES[1:])
def test_every_strategy_of_asking_reaches_others(strategy):
    assert moved([(measured(LANE, "", 1), measured(LANE, f"ask:strategy={strategy}", 1))])


@pytest.mark.parametrize("method", ["random", "skill", "skill_time_wish"])
def test_every_method_of_matching_differs_from_the_others(method):
    others = {"random", "skill", "skill_time_wish", "none"} - {method}
    mine = measured(LANE, f"match:method={method},share=0.5", 1)
    for other in others:
        assert moved([(mine, measured(LANE, f"match:method={other},share=0.5", 1))])


# figures of the place -----------------------------------------------------------------------------------

FIGURES = {
    "residents": (700, 1100, "matters_arisen", 0),
    "households": (400, 600, "", 0),
    "planned_compounds": (1, 3, "", 0),
    "mixed_compounds": (3, 8, "", 0),
    "grids": (1, 4, "", 0),
    "workers": (1, 6, "visits", +1),
    "managed_members": (10, 60, "members_decoupled", +1),
    "serving_members": (0, 20, "members_matched", +1),
    "sunk_members": (0, 40, "members_decoupled", +1),
    "volunteers": (0, 300, "volunteers_registered", +1),
    "from_drives": (0.0, 1.0, "volunteers_active", -1),
    "firms": (1, 2, "", 0),
    "managed_compounds": (1, 4, "", 0),
    "organisations": (1, 6, "organisations_alive", +1),
    "units": (2, 20, "unit_hours", +1),
    "linked_units": (0, 6, "unit_hours", +1),
    "department_hours": (5, 50, "departments_busy", -1),
    "households_per_building": (6, 60, "need_in_sight", +1),
    "planned_weight": (1.0, 10.0, "", 0),
    "owners": (0.1, 0.9, "active_in_year", +1),
    "communities": (2, 5, "", 0),
    "size_spread": (0.1, 1.5, "", 0),
    "sampled": (2, 4, "matters_arisen", 0),
}
OF_A_CITY = ("communities", "size_spread", "sampled")
INERT = ("branches", "groups")
"""These describe: members who have their branches and groups already. They move no number."""


def test_every_figure_has_a_case():
    assert {*FIGURES, *INERT} == {f.name for f in dataclasses.fields(scenarios.Place)}


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figure_of_the_place_moves_a_measure(name):
    low, high, measure, sign = FIGURES[name]
    where = CITY if name in OF_A_CITY else LANE
    places = [dataclasses.replace(where.place, **{name: value}) for value in (low, high)]
    policies = {"organisations": SOCIAL, "units": "units", "linked_units": "units:share=0"}.get(name, "")
    pairs = [
        tuple(measured(where.but(place=place), policies, seed) for place in places) for seed in SEEDS[:2]
    ]
    check(pairs, measure, sign)


@pytest.mark.parametrize("name", INERT)
def test_figure_that_describes_moves_nothing(name):
    places = [dataclasses.replace(LANE.place, **{name: value}) for value in (0, 9)]
    assert not moved([tuple(measured(LANE.but(place=place), "branch; match", 1) for place in places)])
