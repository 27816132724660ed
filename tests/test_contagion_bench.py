"""The contagion workload: three implementations, one trajectory; threads and the compiler change nothing."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from agents.rules.participation import probability, takes_part
from experiments.bench.contagion import ours, workload
from experiments.bench.peers import MesaContagion, ScipyContagion
from model.array.contagion import BINS, BLOCK, Contagion, least_appeals, luck
from model.errors import InputError
from model.network import Network

PEOPLE = 2_000
SEED = 7


def complete(people: int) -> Network:
    """Everybody is tied to everybody."""
    ties = np.tile(np.arange(people, dtype=np.int32), (people, 1))[~np.eye(people, dtype=bool)]
    return Network(np.arange(people + 1) * (people - 1), ties)


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
    for active in (scipy.active, one.crowd.active, two.crowd.active):
        assert active.astype(bool).tolist() == acting
    tired = np.array([person.fatigue for person in mesa.agents])
    assert np.array_equal(2.0 * tired, one.crowd.fatigue)
    assert np.array_equal(one.crowd.fatigue, two.crowd.fatigue)


def test_the_compiler_changes_nothing(crowd):
    program = (
        "from experiments.bench.contagion import ours, workload\n"
        f"print([ours(*workload({PEOPLE}), threads, {SEED}).run(5).tolist() for threads in (1, 2)])"
    )
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    interpreted = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    expected = ours(*crowd, 1, SEED).run(5).tolist()
    assert interpreted.stdout.strip() == str([expected, expected])


@pytest.mark.parametrize("people", [5, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK + 3])
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
    alone = Contagion(motive, Network(start, np.array([people - 1, 0], dtype=np.int32)), seed=SEED)
    tired = np.zeros(people)
    for day in range(5):
        alone.run(1)
        acts = luck(SEED, day, people) * (1.0 + np.exp(tired - motive)) < 1.0
        tired = tired * 0.9 + 0.2 * acts
        assert np.array_equal(alone.crowd.active[1:-1], acts[1:-1])


def test_mean_field():
    """In a complete graph without fatigue: on each day a sum of independent acts of known probability, and
    in the long run the fixed point of s = logistic(motive + J s)."""
    people, J, motive = 1_000, 2.0, -1.5
    crowd = Contagion(np.full(people, motive), complete(people), J=J, phi=0.0, seed=SEED, threads=2)
    assert crowd.crowd.seen.dtype == np.uint16  # more ties than a byte can count
    acting = [int(crowd.run(30)[-1])]
    distance = []
    for _ in range(400):
        before = crowd.crowd.active
        p = [probability(motive + J * (acting[-1] - acts) / (people - 1)) for acts in (False, True)]
        mean = np.where(before, p[1], p[0]).sum()
        variance = np.where(before, p[1] * (1.0 - p[1]), p[0] * (1.0 - p[0])).sum()
        acting.append(int(crowd.run(1)[0]))
        distance.append((acting[-1] - mean) / np.sqrt(variance))
    assert abs(np.mean(distance)) < 4.0 / np.sqrt(len(distance))
    assert np.var(distance) == pytest.approx(1.0, abs=4.0 * np.sqrt(2.0 / len(distance)))
    fixed = brentq(lambda s: s - probability(motive + J * s), 0.0, 1.0)
    assert np.mean(acting) / people == pytest.approx(fixed, abs=0.02)


LEAST = least_appeals(BINS)


edges_of_bins = st.integers(1, BINS - 1).map(lambda k: k / BINS)


@given(u=st.floats(2.0**-33, 1.0 - 2.0**-33) | edges_of_bins, near=st.floats(-1e-6, 1e-6))
def test_nobody_who_would_act_is_sorted_out(u, near):
    for appeal in (np.log(u / (1.0 - u)) + near, 700.0, 0.0, -5.0):
        assert LEAST[int(u * BINS)] < appeal or not takes_part(appeal, u)


def test_most_who_would_not_act_are_sorted_out():
    edges = np.arange(1, BINS) / BINS
    assert np.allclose(LEAST[1:], np.log(edges / (1.0 - edges)), atol=1e-6)


def test_a_network_of_other_people_and_no_thread_are_refused(crowd):
    with pytest.raises(InputError, match="they must agree"):
        Contagion(np.zeros(PEOPLE + 1), crowd[1])
    with pytest.raises(InputError, match="threads must be 1 or more, not 0"):
        Contagion(np.zeros(PEOPLE), crowd[1], threads=0)
