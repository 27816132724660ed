"""The records of Donghu on the ground floor, with every mechanism off, are pinned under every policy.

A rebuilding that moves a number is noticed.

A digest is made of all that a run writes down: a row a day, the days to resolution, the shares of each year.
Where a rule is changed on purpose, the digests are renewed (run this file) and the changelog says why.
"""

import dataclasses
import hashlib

import numpy as np
import pytest

from linli.model.city import City
from linli.model.measures.record import COLUMNS
from linli.model.parameters import mechanisms_off
from linli.model.policies import POLICIES, policies_from
from linli.model.scenario import load

STACK = (
    "match; council:start=20,ramp=50; platform:start=30,ramp=40,end=150; property:start=40;"
    "relieve:share=.6,end=120; sink:headcount=300,start=50,ramp=30,accountability=.5;"
    "ask:strategy=hubs,start=60"
)

PINNED = {
    "": "21352222049083db",
    "sink:headcount=510": "b562f0ed418c9652",
    "match": "81c3de6a1597316c",
    "branch; match:start=30": "0a83535d5a9bfe9b",
    "relieve": "e66aced9d369a145",
    "council": "feff80429d577386",
    "property": "e4549cffd5b39676",
    "platform": "1488ad0c5fe979b2",
    "ask:strategy=hubs": "f3e7e187db931360",
    "drive": "9039ec61e157f305",
    "social:yuan=30": "5cc7d84d77ebd3ee",
    "reward:allowance=100": "1da18166d248d029",
    "contest": "fa1c358d5974b727",
    "teach": "d1e5540b91aeae98",
    "council:decides=1": "5fd07f650d794d77",
    "appraise": "7cf416cd86291ed9",
    "appraise:by=record,weight=.7": "34de7cbc4408bdb2",
    "fund": "fa3cadc64f01acb0",
    "committees:share=.8; fund:account=0,democratic=.3; property": "c78a58fb6c31fb58",
    "units; council:power=.5": "6b655cd23cd84f5e",
    "emergency": "1541e381e1aeb3a3",
    "joint": "f1624449203cfc76",
    STACK: "12fa33bece2e800d",
}


GROUND_FLOOR = {
    **mechanisms_off(),
    "theta_mean": -7.1, "sigma": 3.5, "lambda0": 1 / 14, "R": 14, "s0": 0.25, "theta_v": 0.0, "rho_v": 0.1,
    "bout_median": 1.7, "sunk_at_home": 0.2, "n_bar": 4.5, "c_call": 0.05,
}  # fmt: skip
"""The model before these mechanisms were added, with the values it was calibrated to by hand."""

SINCE = (
    *("unanswered", "drive_visits", "active_in_quarter", "made_ties", "report_minutes"),
    *("organisation_minutes", "organisation_ask_minutes", "bought_minutes", "idle_minutes"),
    *("organisation_asks", "acts_led", "organisations"),
    *("acts_rewarded", "worn_quanta", "allowances"),
    *("households_sorting", "children_taught", "compounds_judged"),
    *("prevented_by_works", "fund_paid_fen", "fund_spent_fen", "fund_meeting_minutes", "matters_funded"),
    *("small_works", "fund_fen", "committees", "initiative_quanta"),
    *("members_in_branches", "branches"),
    *("units_linked", "units_serving", "unit_days", "unit_matter_minutes", "unit_service_minutes"),
    *("turned_out", "visitors", "visitors_idle", "doors_tried", "doors_opened"),
    *("doors_opened_first", "doors_opened_second", "emergency_worker_minutes", "emergency_member_minutes"),
    *("emergency_staff_minutes", "emergency_resident_minutes", "households_in_emergency"),
    *("households_finished", "bounces", "received", "received_after_days", "departments_served"),
    *("department_minutes", "department_idle_minutes", "lost_between_hands", "between_hands"),
)
"""Columns that records have got since the pins were made; the others are pinned."""


def digest(policies: str) -> str:
    """Sixteen hexadecimal digits of what 200 days write down after 60 days of burn-in."""
    place = dataclasses.replace(load("donghu").place, from_drives=0.0)
    ground_floor = load("donghu").but(burn_in=60, days=200, place=place, parameters=GROUND_FLOOR)
    city = City(ground_floor, policies=policies).run()
    pinned = [at for at, name in enumerate(COLUMNS) if name not in SINCE]
    made = hashlib.sha256(np.ascontiguousarray(city.rows[:, pinned]).tobytes())
    made.update(city.durations.tobytes())
    made.update(repr([[float(value) for value in year] for year in city.shares]).encode())
    return made.hexdigest()[:16]


def test_every_policy_is_pinned() -> None:
    stacks = [policies_from(text) for text in PINNED]
    assert {policy.name for stack in stacks for policy in stack} == set(POLICIES)


@pytest.mark.parametrize("policies", PINNED)
def test_the_records_are_those_that_were_pinned(policies: str) -> None:
    assert digest(policies) == PINNED[policies]


if __name__ == "__main__":
    for each in PINNED:
        print(f"    {each!r}: {digest(each)!r},")
