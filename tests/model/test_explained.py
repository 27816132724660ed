"""A decision in both arms, side by side: the one that was taken, read off what was kept."""

import numpy as np
import pytest

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.participation import TERMS, active_share
from linli.model.attribution.chain import BASELINE, POLICY, Chains
from linli.model.attribution.explained import explained, last_day_to_decide
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.trace import COPY_EVERY, Column, Trace
from linli.model.city import City
from linli.model.scenario import load

LANE = load("lane").but(burn_in=30, days=70)
EVERYTHING = {
    "lambda0": 0.15, "theta_mean": -4.5, "arrivals": 5.0, "J": 5.0, "R": 3, "seen": 0.5, "chi": 0.7,
    "b_h": 1.0, "bond": 0.5,
}  # fmt: skip
"""A place where much happens, and all by which something can happen."""


@pytest.fixture(scope="module")
def lived():
    city = City(LANE, rng=3, **EVERYTHING)
    city.run_to(LANE.burn_in)
    return Lockstep(city, "match; council:start=20; reward:start=10", Trace()).run(LANE.days)


@pytest.fixture(scope="module")
def chains(lived):
    return Chains(lived)


def everything_decided(chains):
    for day, who in chains.trace.who.items():
        for resident in who.tolist():
            found = explained(chains, resident, day)
            assert found is not None
            yield day, resident, found


def test_every_decision_is_the_one_that_was_taken(lived, chains):
    """Of everybody on all days: terms and draw give what the engines did, and what is the same is said so."""
    decided, named = 0, set()
    acted = [set(), set()]
    for day, resident, found in everything_decided(chains):
        for arm, side in enumerate(found.sides):
            assert list(side.terms) == list(TERMS)
            has_reason = not side.rests and (side.occasion or side.asked_by != "")
            assert side.acts == (has_reason and found.u_acts < side.probability)
            assert side.active + side.serving <= side.ties
            named |= {term for term, value in side.terms.items() if value}
            if side.acts:
                acted[arm].add((resident, day))
        assert found.same == (found.sides[BASELINE].acts == found.sides[POLICY].acts)
        if not found.same:
            assert found.steps[0].acts == found.sides[POLICY].acts - found.sides[BASELINE].acts
        decided += 1
    assert decided > 1000
    assert set(TERMS) <= named
    assert [len(acts) for acts in acted] == lived.result().acts.sum(axis=0).tolist()


def test_who_is_counted_among_the_ties_is_whom_the_rule_counts(chains):
    p = chains.city.parameters
    for _, _, found in everything_decided(chains):
        for side in found.sides:
            share = active_share(side.active, side.serving, side.ties, p.w_P)
            assert side.terms["neighbours"] == pytest.approx(p.J * share, abs=1e-12)


def test_who_has_nothing_to_decide_has_no_decision(chains):
    day = LANE.burn_in + 5
    idle = sorted(set(range(100)) - set(chains.trace.who[day].tolist()))[0]
    assert explained(chains, idle, day) is None


def test_the_last_day_to_decide_is_the_newest_one_before(chains):
    resident = int(chains.trace.who[LANE.burn_in + 40][0])
    assert last_day_to_decide(chains, resident, LANE.burn_in + 41) == LANE.burn_in + 40
    earlier = last_day_to_decide(chains, resident, LANE.burn_in + 40)
    assert earlier is None or earlier < LANE.burn_in + 40
    assert last_day_to_decide(chains, resident, LANE.burn_in) is None


def test_days_and_compounds_can_be_told_from_one(lived, chains):
    told = Chains(lived, first=1)
    rows = lived.result().rows
    words = {True: [], False: []}
    for row in rows[rows["acts"] != 0]:
        who, day = int(row["resident"]), int(row["day"]) + LANE.burn_in
        one, other = chains.back_from(who, day), told.back_from(who, day)
        assert [step.day + 1 for step in one] == [step.day for step in other]
        words[False] += [step.cause.en for step in one]
        words[True] += [step.cause.en for step in other]
    pairs = {(a, b) for a, b in zip(words[False], words[True], strict=True) if "of compound" in a}
    assert pairs
    for a, b in pairs:
        compound = int(a.split("of compound ")[1].split(":")[0].split()[0])
        assert f"of compound {compound + 1}" in b


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_step_is_said_on_one_line(chains, lived, lang):
    step = next(
        found.steps[0] for _, _, found in everything_decided(chains) if found.steps and not found.same
    )
    said = step.said(lang)
    assert str(step.resident) in said
    assert str(step.day) in said
    assert step.cause.said(lang) in said
    assert "\n" not in said


def test_a_column_gives_back_every_day():
    """Whatever changes: whole copies now and then, changes in between."""
    draws = np.random.default_rng(3)
    column, days, values = Column(), [], np.zeros(40, dtype=np.int32)
    for day in range(7, 7 + 3 * COPY_EVERY):
        values[draws.integers(0, 40, 3)] = day
        column.note(day, values)
        days.append((day, values.copy()))
    for day, kept in days[::-1]:
        np.testing.assert_array_equal(column.at(day), kept)


def test_somebody_who_asks_has_a_name(chains):
    asked = {side.asked_by for _, _, found in everything_decided(chains) for side in found.sides}
    assert {"", "member", "peer"} <= asked <= {"", *ASKERS}
