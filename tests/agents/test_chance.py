"""Chance: the generator gives the published answers, every part of a key counts, draws have their laws."""

import json
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from linli.agents import decision
from linli.agents.chance import draw, draws, key, normal, patience, philox, pick, poisson, wait, whole

BASE = {"seed": 7, "community": 3, "local": 41, "day": 100, "decision": decision.OCCASION, "k": 2}
N = 20_000


def at(**parts: int) -> tuple[float, float, float, float]:
    """The four draws of a key that differs from the base in some parts."""
    p = {**BASE, **parts}
    return draws(p["seed"], key(p["community"], p["local"]), p["day"], p["decision"], p["k"])


# the generator --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counter", "seed", "answer"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
    ids=["zeros", "ones", "digits of pi"],
)
def test_known_answers(counter: str, seed: str, answer: str) -> None:
    """Random123 1.09, kat_vectors, philox4x32-10."""
    words = [np.uint64(int(word, 16)) for word in f"{counter} {seed}".split()]
    assert " ".join(f"{int(word):08x}" for word in philox(*words)) == answer


def test_a_draw_is_philox_of_its_key() -> None:
    """The key is laid out as documented, and a word w becomes (w + 1/2) / 2**32."""
    counter = (41, 3, 100, (decision.OCCASION << 24) | 2)
    words = philox(*(np.uint64(word) for word in counter), np.uint64(7), np.uint64(0))
    assert at() == tuple((int(word) + 0.5) / 2.0**32 for word in words)
    assert draw(7, key(3, 41), 100, decision.OCCASION, 2) == at()[0]


@pytest.mark.parametrize("part", BASE)
def test_uniform_along_every_part_of_the_key(part: str) -> None:
    """Consecutive values of one part: four uniform words, independent of the next and of each other."""
    count = 200 if part == "decision" else N
    table = np.array([at(**{part: value}) for value in range(count)])
    for word in range(4):
        assert stats.kstest(table[:, word], "uniform").pvalue > 1e-3
        assert independent(table[:-1, word], table[1:, word])
        assert independent(table[:, word], table[:, (word + 1) % 4])
    assert len({tuple(row) for row in table.tolist()}) == count


def independent(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether pairs fall evenly on a grid of cells (chi-square; ten or more expected in each)."""
    cells = max(2, min(20, int(math.sqrt(len(one) / 10))))
    table = np.histogram2d(one, other, bins=cells, range=[[0, 1], [0, 1]])[0]
    return bool(stats.chisquare(table.ravel()).pvalue > 1e-3)


def test_the_test_of_independence_can_fail() -> None:
    u = np.random.default_rng(1).random(N)
    assert not independent(u, (u + 0.5) % 1.0)


@pytest.mark.parametrize("one", BASE)
@pytest.mark.parametrize("other", BASE)
def test_no_two_parts_of_the_key_are_mixed_up(one: str, other: str) -> None:
    """One more here is not one more there: 7 on day 8 is not 8 on day 7."""
    up, down = at(**{one: BASE[one] + 1}), at(**{other: BASE[other] + 1})
    assert (up == down) == (one == other)
    assert up != at()


def test_a_key_does_not_depend_on_the_width_of_the_numbers_it_is_made_of() -> None:
    """Without the compiler, NumPy's own narrow integers come from the tables."""
    assert key.py_func(np.int32(4_000), np.int32(13)) == key(4_000, 13) == (4_000 << 32) | 13


def test_the_largest_keys_are_kept_apart() -> None:
    """Seeds to 2**63 - 1, ids to 2**31 - 1 and k to 2**24 - 1 do not spill into their neighbours."""
    largest = {"seed": 2**63 - 1, "community": 2**31 - 1, "local": 2**31 - 1, "k": 2**24 - 1}
    assert len({at(**{part: value}) for part, value in largest.items()} | {at()}) == 5
    assert at(**largest) != at(**{**largest, "seed": 2**63 - 2})
    assert at(k=2**24 - 1) != at(decision=decision.OCCASION + 1, k=0)
    assert all(0.0 < u < 1.0 for u in at(**largest))


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [value for name, value in vars(decision).items() if name.isupper()]
    assert len(numbers) > 20
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 2**8 for number in numbers)


# compiled and interpreted ---------------------------------------------------------------------------------

SCRIPT = """
import dataclasses, json
import numpy as np
from linli.agents.chance import draws, key, normal, patience, philox, poisson, wait
from linli.model import scenario
from linli.model.community import Community

keys = [(seed, key(c, i), day, 40 + i, i * day) for seed in (0, 2**62 + 5) for c in (0, 9)
        for i in range(5) for day in (0, 77)]
u = [draws(*parts) for parts in keys]
drawn = [(normal(a, b), poisson(20 * c, d), poisson(900.0, d), wait(patience(c / 3), d)) for a, b, c, d in u]
lane = scenario.load("lane")
place = dataclasses.replace(lane.place, residents=100, households=50, managed_members=5, volunteers=20)
settings = lane.but(place=place, burn_in=0, days=31)
world = Community(settings, policies="match; relieve; council; property").run()
state = {name: column.tolist() for name, column in world.columns().items()}
words = [int(word) for word in philox(*(np.uint64(word) for word in range(6)))]
print(json.dumps([u, words, drawn, world.records, state, world.people.theta.tolist()]))
"""


def test_compiled_and_interpreted_code_agree_to_the_bit() -> None:
    """Draws, their transformations and a month of a small community."""
    results = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "NUMBA_DISABLE_JIT": disabled},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for disabled in ("0", "1")
    ]
    assert sum(map(len, json.loads(results[0])[3])) > 1000
    assert results[0] == results[1]


# laws -----------------------------------------------------------------------------------------------------

UNIFORM = np.array([at(day=day) for day in range(N)])


def mean_is(values: np.ndarray, mean: float, variance: float) -> bool:
    """Within four standard errors."""
    return abs(values.mean() - mean) < 4 * math.sqrt(variance / len(values))


def test_normal() -> None:
    z = np.array([normal(a, b) for a, b, _, _ in UNIFORM.tolist()])
    assert mean_is(z, 0.0, 1.0)
    assert mean_is(z**2, 1.0, 2.0)
    assert mean_is(z**4, 3.0, 96.0)
    assert stats.kstest(z, "norm").pvalue > 1e-3


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.7, 3.0, 40.0, 499.0])
def test_poisson_is_the_exact_quantile(mean: float) -> None:
    u = (np.arange(2000) + 0.5) / 2000
    assert [poisson(mean, x) for x in u.tolist()] == stats.poisson.ppf(u, mean).astype(int).tolist()


def test_poisson_with_a_large_mean() -> None:
    """The normal approximation: within two of the exact quantile, mean and variance kept."""
    u = (np.arange(2000) + 0.5) / 2000
    found = np.array([poisson(2000.0, x) for x in u.tolist()])
    assert np.abs(found - stats.poisson.ppf(u, 2000.0)).max() <= 2
    assert found.mean() == pytest.approx(2000.0, abs=0.5)
    assert found.var() == pytest.approx(2000.0, rel=0.01)


@pytest.mark.parametrize("rate", [0.9, 0.3, 1 / 14, 0.002])
def test_wait_is_geometric(rate: float) -> None:
    """Mean 1/rate, variance (1-rate)/rate**2, at least a day; the exact quantile."""
    days = np.array([wait(patience(rate), u) for u in UNIFORM[:, 0].tolist()])
    assert days.min() >= 1
    assert mean_is(days, 1 / rate, (1 - rate) / rate**2)
    assert np.array_equal(days, stats.geom.isf(UNIFORM[:, 0], rate))


def test_wait_at_the_edges() -> None:
    assert wait(patience(1.0), 1e-9) == 1
    assert (
        wait(patience(0.0), 0.5) == wait(patience(-0.1), 0.5) == wait(patience(1e-17), 0.5) == 1_000_000_000
    )


@pytest.mark.parametrize("n", [1, 2, 7, 1000])
def test_pick_is_even(n: int) -> None:
    counts = np.bincount([pick(u, n) for u in UNIFORM[:, 2].tolist()], minlength=n)
    assert len(counts) == n
    assert n == 1 or stats.chisquare(counts).pvalue > 1e-3
    assert pick(1.0 - 2.0**-33, n) == n - 1


def test_whole_keeps_the_mean() -> None:
    found = np.array([whole(2.3, u) for u in UNIFORM[:, 3].tolist()])
    assert set(found) == {2, 3}
    assert mean_is(found, 2.3, 0.3 * 0.7)
    assert whole(4.0, 0.999) == 4
