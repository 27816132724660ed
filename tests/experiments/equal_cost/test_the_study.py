"""The study `equal-cost` that comes with linli: its arms cost what its title says."""

import dataclasses

import pytest

from linli.experiments.equal_cost.sizes import packages
from linli.experiments.study import load
from linli.model.city import City
from linli.model.measures.spans import YEAR
from linli.model.policies import POLICIES, from_table

BUDGET = 20.0
STUDY = load("equal-cost")
FEWER = ("ask", "committees", "contest", "drive", "platform", "appraise", "joint")
"""What does not cost as much even at its largest, or has no size."""
WITHOUT_SIZE = ("emergency",)
"""What is done whole or not at all, whatever it costs."""


def test_it_holds_every_policy_against_the_others():
    assert [arm.name for arm in STUDY.arms] == [package.name for package in packages(())]
    named = {table["name"] for arm in STUDY.arms for table in arm.policies}
    assert named == set(POLICIES)
    assert f"{BUDGET:g} yuan" in STUDY.title
    assert f"{BUDGET:g}元" in STUDY.title_zh


def test_policies_act_for_a_year_and_are_looked_at_for_a_year_more():
    assert STUDY.scenario.days == 2 * YEAR
    assert {table["end"] for arm in STUDY.arms for table in arm.policies} == {YEAR}


@pytest.mark.parametrize("arm", STUDY.arms, ids=lambda arm: arm.name)
def test_an_arm_costs_the_budget(arm):
    """Or less, where even the most of it does; in the year in which it acts. Matching comes in whole minutes
    a day, so that it is not nearer."""
    policies = [dataclasses.replace(from_table(table), end=None) for table in arm.policies]
    city = City(STUDY.scenario.but(days=YEAR), policies=policies).run()
    cost = city.measures()["cost_yuan"]
    assert cost < 1.1 * BUDGET or arm.name in WITHOUT_SIZE
    assert cost > 0.8 * BUDGET or arm.name in FEWER
