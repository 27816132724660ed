"""Chance as an argument: every draw is a pure function of who, when and what for.

`draw(seed, entity, day, decision, k)` is a counter-based random number: Philox4x32-10 (Salmon, Moraes,
Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"). There is no generator and no state, so
the same person meets the same luck on the same day under every policy (common random numbers), in any
order of activation and on any number of threads.

The 128-bit counter is (entity low, entity high, day, decision * 2**24 + k), the 64-bit key is the seed.
"""

from math import ceil, cos, exp, floor, log, pi, sqrt

import numpy as np

from linli.agents.compiled import rule

_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_24 = np.uint64(24)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_TO_UNIT = 2.0**-32

MAX_SEED = 2**63 - 1
"""The largest seed."""


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32 on a 128-bit counter and a 64-bit key, all as 32-bit words in uint64.

    Returns four 32-bit words (as uint64). Source: Salmon et al. 2011; known answers in `tests/`.
    """
    # written out, because only then does the compiler draw for eight at a time
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, _, _ = _round(c0, c1, c2, c3, k0, k1)
    return c0, c1, c2, c3


@rule
def _round(c0, c1, c2, c3, k0, k1):
    """One round, and the key of the next one."""
    product_0 = _MULTIPLIER_0 * c0
    product_1 = _MULTIPLIER_1 * c2
    return (
        (product_1 >> _32) ^ c1 ^ k0,
        product_1 & _LOW,
        (product_0 >> _32) ^ c3 ^ k1,
        product_0 & _LOW,
        (k0 + _WEYL_0) & _LOW,
        (k1 + _WEYL_1) & _LOW,
    )


@rule
def draws(seed, entity, day, decision, k):
    """Four independent uniforms in the open interval (0, 1) for one decision.

    seed: 0 .. 2**63-1; entity: `key(community, local)`; day: 0 or later; decision: a number of
    `agents.decision`; k: which of several such decisions on that day, 0 .. 2**24-1.
    """
    who = np.uint64(entity)
    key = np.uint64(seed)
    a, b, c, d = philox(
        who & _LOW,
        who >> _32,
        np.uint64(day),
        (np.uint64(decision) << _24) | np.uint64(k),
        key & _LOW,
        key >> _32,
    )
    return (
        (np.float64(a) + 0.5) * _TO_UNIT,
        (np.float64(b) + 0.5) * _TO_UNIT,
        (np.float64(c) + 0.5) * _TO_UNIT,
        (np.float64(d) + 0.5) * _TO_UNIT,
    )


@rule
def draw(seed, entity, day, decision, k):
    """One uniform in (0, 1): the first of `draws`."""
    return draws(seed, entity, day, decision, k)[0]


@rule
def key(community, local):
    """The entity that a draw belongs to: the community's number and the id inside it.

    Not a running index over the city: a community met alone, in a sample or in the whole city has the
    same people.
    """
    return (int(community) << 32) | int(local)


@rule
def pick(u, n):
    """An index 0 .. n-1, each equally likely. u: draw in (0, 1); n: at least 1."""
    return min(int(u * n), n - 1)


@rule
def choose(u, up_to):
    """An index by shares. u: draw in (0, 1); up_to: shares, cumulative, the last one being 1."""
    index = 0
    while index < len(up_to) - 1 and u >= up_to[index]:
        index += 1
    return index


@rule
def normal(u1, u2):
    """A standard normal from two uniforms (Box & Muller 1958)."""
    return sqrt(-2.0 * log(u1)) * cos(2.0 * pi * u2)


@rule
def whole(amount, u):
    """An amount rounded up or down at random so that its mean is kept: 2.3 gives 3 with probability .3."""
    return floor(amount + u)


@rule
def poisson(mean, u):
    """A Poisson count by sequential search. mean: 0 or more; u: draw in (0, 1).

    Above a mean of 500 the normal approximation with continuity correction takes over, because exp(-mean)
    comes close to underflow; its error there is far below anything a run can show.
    """
    if mean > 500.0:
        return int(max(0.0, floor(mean + sqrt(mean) * _normal_quantile(u) + 0.5)))
    probability = exp(-mean)
    total = probability
    count = 0
    while u > total and count < 2000:
        count += 1
        probability *= mean / count
        total += probability
    return count


@rule
def _normal_quantile(u):
    """The normal quantile to 4.5e-4 (Abramowitz & Stegun 1964, 26.2.23)."""
    tail = min(u, 1.0 - u)
    t = sqrt(-2.0 * log(tail))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    bottom = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return t - top / bottom if u > 0.5 else top / bottom - t


@rule
def patience(rate):
    """What `wait` needs to know of a probability a day: the log of missing it for a day, at most 0.

    rate: [0, 1]. Worked out apart, because many wait at the same rate.
    """
    return log(1.0 - min(rate, 1.0 - 2.0**-53)) if rate > 0.0 else 0.0


@rule
def wait(patience, u):
    """Days until something that happens with a probability a day: geometric, at least 1.

    patience: `patience` of that probability; u: draw in (0, 1). Rates at or below zero, or too small to tell
    from zero beside one (about 1e-16), wait for ever (a billion days).
    """
    if patience == 0.0:
        return 1_000_000_000
    return int(min(1e9, max(1.0, ceil(log(u) / patience))))
