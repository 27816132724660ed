"""Contagion as compiled loops: threads, blocks and the compiler change nothing, and a million people run.

That the loops agree with Mesa agents stands in `tests/engines/test_docking_contagion.py`.
"""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from linli.agents.rules.participation import probability, takes_part
from linli.experiments.bench.contagion import ours, workload
from linli.experiments.bench.peers import MesaContagion, ScipyContagion
from linli.model import theory
from linli.model.network import Network
from linli.model.theory.crowd import BLOCK
from linli.model.theory.social_interaction import BINS, least_appeals, luck

PEOPLE = 2_000
SEED = 7


@pytest.fixture(scope="module")
def crowd():
    return workload(PEOPLE)


def test_the_ties_of_the_workload_are_mutual_and_ten_on_average(crowd):
    attitude, network = crowd
    network.check(PEOPLE)
    assert 9.9 < network.degrees.mean() <= 10.0
    assert network.degrees.min() >= 2
    assert abs(attitude.mean()) < 0.1
    assert abs(attitude.std() - 1.0) < 0.1


def test_ours_mesa_and_scipy_agree_to_the_last_person_on_one_thread_and_on_two(crowd):
    mesa, scipy = MesaContagion(*crowd, SEED), ScipyContagion(*crowd, SEED)
    one, two = ours(*crowd, 1, SEED), ours(*crowd, 2, SEED)
    assert len(two._blocks) == 2
    expected = mesa.run(60)
    assert len(set(expected.tolist())) > 20
    for other in (scipy, one, two):
        assert other.run(60).tolist() == expected.tolist()
    acting = [person.active for person in mesa.agents]
    for active in (scipy.active, one.active, two.active):
        assert active.astype(bool).tolist() == acting
    tired = np.array([person.fatigue for person in mesa.agents])
    days = 60 - one.own.last_acted  # ours is as of the last act, theirs as of the next day
    assert np.allclose(2.0 * tired, one.own.fatigue * 0.9**days, rtol=1e-12, atol=1e-300)
    assert np.array_equal(one.own.fatigue, two.own.fatigue)


RUNS = """
from linli.model import theory
from linli.model.theory import SIS, SocialInteraction, Thresholds
small, half = theory.regular(1_100, 4, seed=2), range(0, 1_100, 2)
rules = [
    (SocialInteraction(theta=-1.0, J=2.0, phi=0.3, delta_F=0.1), half), (SocialInteraction(theta=-1.0), ()),
    (SIS(beta=0.2, delta=0.3), half), (Thresholds(count=2), range(3)), (Thresholds(share=0.5), half),
]
found = [
    theory.contagion(where, rule, active=active, threads=threads).run(2).tolist()
    for where in (small, theory.complete(1_100)) for rule, active in rules for threads in (1, 2)
]
"""


def test_the_compiler_changes_nothing():
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    program = [sys.executable, "-W", "error::RuntimeWarning", "-c", RUNS + "print(found)"]
    interpreted = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    compiled: dict = {}
    exec(RUNS, compiled)
    assert interpreted.stdout.strip() == str(compiled["found"])
    assert compiled["found"][::2] == compiled["found"][1::2]  # one thread, and two
    assert len(set(map(tuple, compiled["found"]))) > 6


@pytest.mark.parametrize("people", [12, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK + 3])
def test_any_number_of_people_and_of_threads(people):
    attitude, network = workload(people)
    expected = ScipyContagion(attitude, network, SEED).run(12).tolist()
    for threads in (1, 3, 7):
        assert ours(attitude, network, threads, SEED).run(12).tolist() == expected


def test_a_run_goes_on_where_it_stopped(crowd):
    whole, parts = ours(*crowd, 1, SEED), ours(*crowd, 2, SEED)
    assert whole.run(7).tolist() == [*parts.run(3).tolist(), *parts.run(4).tolist()]


def test_who_has_no_ties_decides_alone():
    people = 3_000
    start = np.zeros(people + 1, dtype=np.int64)
    start[1:] += 1  # the first person and the last one know each other
    start[people] += 1
    motive = np.linspace(-4.0, 4.0, people)
    network = Network(start, np.array([people - 1, 0], dtype=np.int32))
    rule = theory.SocialInteraction(theta=motive, phi=0.2, delta_F=0.1)
    alone = theory.contagion(network, rule, seed=SEED)
    tired = np.zeros(people)
    for day in range(5):
        alone.run(1)
        acts = luck(SEED, day, people) * (1.0 + np.exp(tired - motive)) < 1.0
        tired = (tired + 0.2 * acts) * 0.9
        assert np.array_equal(alone.active, acts)


def test_who_acts_is_tired_the_next_day():
    network = theory.ring(2_000)
    rested = theory.contagion(network, theory.SocialInteraction(theta=0.0), seed=SEED)
    tired = theory.contagion(network, theory.SocialInteraction(theta=0.0, phi=50.0, delta_F=0.0), seed=SEED)
    assert tired.run(1) == rested.run(1)
    first = tired.active
    tired.run(1)
    rested.run(1)
    assert not (tired.active & first).any()
    assert np.array_equal(tired.active, rested.active & ~first)


def test_mean_field():
    """In a complete graph without fatigue: on each day a sum of independent acts of known probability, and
    in the long run the fixed point of s = logistic(motive + J s)."""
    people, J, motive = 1_000, 2.0, -1.5
    rule = theory.SocialInteraction(theta=motive, J=J)
    crowd = theory.contagion(theory.complete(people), rule, seed=SEED, threads=2)
    acting = [int(crowd.run(30)[-1])]
    distance = []
    for _ in range(400):
        before = crowd.active
        p = [probability(motive + J * (acting[-1] - acts) / (people - 1)) for acts in (False, True)]
        mean = np.where(before, p[1], p[0]).sum()
        variance = np.where(before, p[1] * (1.0 - p[1]), p[0] * (1.0 - p[0])).sum()
        acting.append(int(crowd.run(1)[0]))
        distance.append((acting[-1] - mean) / np.sqrt(variance))
    assert abs(np.mean(distance)) < 4.0 / np.sqrt(len(distance))
    assert np.var(distance) == pytest.approx(1.0, abs=4.0 * np.sqrt(2.0 / len(distance)))
    fixed = brentq(lambda s: s - probability(motive + J * s), 0.0, 1.0)
    assert np.mean(acting) / people == pytest.approx(fixed, abs=0.02)


def test_more_ties_than_a_byte_counts():
    """A star of 300: the middle sees all of its points."""
    star = (np.zeros(299, dtype=int), np.arange(1, 300))
    for rule in (theory.Thresholds(count=299), theory.Thresholds(share=1.0)):
        crowd = theory.contagion(star, rule, active=range(1, 300))
        assert crowd.run(1).tolist() == [300]
    assert theory.contagion(star, theory.Thresholds(count=299), active=range(2, 300)).run(3)[-1] == 298


def test_a_million_people():
    """Everybody on the ring, in front of the fronts and behind them, and everybody tied to everybody."""
    people = 1_000_000
    ring = theory.contagion(theory.ring(people, 4), theory.Thresholds(count=2), active=[0, 1], threads=2)
    assert ring.run(20).tolist() == [2 + 2 * day for day in range(1, 21)]
    assert np.flatnonzero(ring.active).tolist() == [*range(22), *range(people - 20, people)]
    ill = theory.contagion(
        theory.complete(people), theory.SIS(beta=2e-7, delta=0.1), active=range(people // 2)
    )
    fixed = brentq(lambda i: 0.1 * i - (1.0 - i) * (1.0 - (1.0 - 2e-7) ** (i * people)), 0.1, 0.9)
    assert ill.run(60)[-1] / people == pytest.approx(fixed, abs=0.003)


LEAST = least_appeals(BINS)


edges_of_bins = st.integers(1, BINS - 1).map(lambda k: k / BINS)


@given(u=st.floats(2.0**-33, 1.0 - 2.0**-33) | edges_of_bins, near=st.floats(-1e-6, 1e-6))
def test_nobody_who_would_act_is_sorted_out(u, near):
    for appeal in (np.log(u / (1.0 - u)) + near, 700.0, 0.0, -5.0):
        assert LEAST[int(u * BINS)] < appeal or not takes_part(appeal, u)


def test_most_who_would_not_act_are_sorted_out():
    edges = np.arange(1, BINS) / BINS
    assert np.allclose(LEAST[1:], np.log(edges / (1.0 - edges)), atol=1e-6)
