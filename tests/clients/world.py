"""What the scripts of clients ask linli: a function of numbers, as every tool wants one.

It stands in a file of its own, as a client's would, so that worker processes can import it.
"""

import linli

SHORT = {"days": 12, "burn_in": 6}
NAMES = ("engaged_share", "acts_spontaneous", "trust")


def engaged(mu: float, c_m: float = 1.0, seed: int = 1) -> float:
    """The share of engaged adults."""
    return linli.simulate("lane", parameters={"mu": mu, "c_m": c_m}, seed=seed, **SHORT)["engaged_share"]


def answers(mu: float, c_m: float = 1.0, seed: int = 1) -> dict[str, float]:
    """Several measures."""
    found = linli.simulate("lane", parameters={"mu": mu, "c_m": c_m}, seed=seed, **SHORT)
    return {name: found[name] for name in NAMES}
