"""Everybody decides every day: `model.theory.contagion` beside Mesa, and beside NumPy and scipy.

The workload by which such simulators are compared: people with ten ties on average at random, see
`experiments/bench/peers.py` for the rule. All give the same numbers, because they use the same draws.
"""

from functools import partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from linli.experiments.bench.peers import MesaContagion, ScipyContagion
from linli.experiments.bench.sizes import Sizes
from linli.experiments.bench.timing import Arms, best_of, say
from linli.model.network import Network
from linli.model.theory import Contagion, SocialInteraction, contagion, regular

SEED = 1
THREADS = (1, 2)
TIES = 10


def workload(people: int, seed: int = SEED) -> tuple[NDArray[np.float64], Network]:
    """Attitudes, standard normal, and ties at random: ten each, fewer for the few who meet twice."""
    return np.random.default_rng(seed).normal(size=people), regular(people, TIES, seed)


def ours(attitude: NDArray[np.float64], network: Network, threads: int, seed: int = SEED) -> Contagion:
    """The workload in our terms: our fatigue is twice theirs, so that its weight is 1, and fades by a day
    before it is felt."""
    rule = SocialInteraction(theta=-3.0 + 1.5 * attitude, J=4.0, phi=0.2 / 0.9, delta_F=0.1)
    return contagion(network, rule, seed=seed, threads=threads)


def measure(sizes: Sizes) -> list[dict[str, Any]]:
    """Nanoseconds an agent and step, and how many times ours go into theirs."""
    rows = []
    for agents in sizes.agents:
        say(f"contagion: {agents:,} agents")
        ns = _nanoseconds(agents, sizes)
        rows += [_row(agents, threads, ns[f"ours {threads}"], ns["mesa"], ns["scipy"]) for threads in THREADS]
    return rows


class _Runs(Protocol):
    def run(self, days: int) -> NDArray[np.int64]: ...


def _nanoseconds(agents: int, sizes: Sizes) -> dict[str, float]:
    attitude, network = workload(agents)
    crowds: dict[str, _Runs] = {
        "mesa": MesaContagion(attitude, network, SEED),
        "scipy": ScipyContagion(attitude, network, SEED),
        **{f"ours {threads}": ours(attitude, network, threads) for threads in THREADS},
    }
    days = dict.fromkeys(crowds, sizes.our_days) | {"mesa": sizes.mesa_days, "scipy": sizes.scipy_days}
    first = [crowd.run(2).tolist() for crowd in crowds.values()]  # compiles and warms up, too
    if any(other != first[0] for other in first):
        raise RuntimeError(f"the contagion of {agents:,} agents differs between its implementations")

    def arms() -> Arms:
        return {name: partial(crowd.run, days[name]) for name, crowd in crowds.items()}

    best = best_of(sizes.rounds, arms)
    return {name: 1e9 * best[name] / (agents * days[name]) for name in best}


def _row(agents: int, threads: int, ours_ns: float, mesa_ns: float, scipy_ns: float) -> dict[str, Any]:
    return {
        "agents": agents,
        "threads": threads,
        "ours_ns": ours_ns,
        "mesa_ns": mesa_ns,
        "scipy_ns": scipy_ns,
        "ratio_mesa": mesa_ns / ours_ns,
        "ratio_scipy": scipy_ns / ours_ns,
    }
