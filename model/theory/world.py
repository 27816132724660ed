"""Any graph as a world of identical adults, for theory: every coupling is off until it is switched on.

    import networkx as nx
    from linli.model.theory import theory_world

    world = theory_world(nx.complete_graph(200), theta=-3.0, J=6.0).run()    # Brock & Durlauf 2001
    world.columns()["last_acted"]

Nothing disturbs: no matters arise, workers do office work alone, there are no members, volunteers or firms,
and nobody moves. Everybody has an occasion every day and acts with probability 1/(1 + exp(-V)),
V = theta + J m, where m is the share of ties who acted within the last W days (one day unless set).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linli.agents.traits import MIDDLE, NEVER, NO_SKILL, OWNER
from linli.model.community import Community
from linli.model.parameters import Parameters, beyond_range, mechanisms_off
from linli.model.place import bare
from linli.model.population import Population
from linli.model.scenario import Scenario
from linli.model.theory.each import each
from linli.model.theory.ties import NetworkLike, materialised, ties_of

UNCOUPLED: dict[str, float] = {
    **mechanisms_off(),
    "sigma": 0.0, "owner": 0.0, "elder": 0.0, "young": 0.0, "party": 0.0,  # identical motives
    "lambda0": 1.0, "mu": 0.0, "council_occasions": 0.0, "R": 0,  # an occasion every day, no rest
    "J": 0.0, "W": 1, "w_P": 1.0, "E": 0.0, "tau": 0.0, "phi": 0.0,  # nothing but the own motive counts
    "eta_h": 0.0,  # nobody gets into a habit
    "A_known": 0.0, "A_stranger": 0.0, "peer_ask": 0.0,  # nobody asks
    "eta_e": 0.0, "eta_o": 0.0, "omega": 0.0, "delta_e": 0.0, "eta_T": 0.0,  # nobody learns
    "arrivals": 0.0, "mu_m": 0.0, "rho_v": 0.0, "moves": 0.0, "posts": 0,  # nothing happens around them
    "a0": 1.0, "s_match": 0.0, "s_ask": 0.0,  # workers stay in the office
}  # fmt: skip
"""The parameters of a theory world where it differs from the defaults."""

WEEK = 7 * 24 * 60
"""All the minutes of a week are free time."""


def theory_world(
    graph: NetworkLike,
    *,
    theta: ArrayLike = 0.0,
    last_acted: ArrayLike = NEVER,
    days: int = 100,
    seed: int = 1,
    **parameters: float,
) -> Community:
    """A community of identical adults on a graph; resident n is the n-th node of the graph.

    graph: a networkx graph, or another network as in `model.theory.contagion`; theta: motive of all, or of
    each node in the graph's order; last_acted: likewise the day of the last act (-1: the day before the run
    begins, so a seed; NEVER: none); days, seed: as in a scenario; parameters: any of the model's, also beyond
    their ranges (limits such as J = 1e5, W = 20,000 are what theory asks for).
    A parameter that is set couples what `UNCOUPLED` had separated.
    Raises InputError for a graph that is not simple and undirected or has no ties, for unknown parameters and
    for arrays of another length.
    """
    network = materialised(ties_of(graph))
    n = len(network)
    chosen = beyond_range(Parameters(), **{**UNCOUPLED, **parameters})
    scenario = Scenario(name="theory", place=bare(n, n, 1), parameters=chosen, days=days, seed=seed)
    people = _identical(each("theta", theta, n, np.float64), each("last_acted", last_acted, n, np.int32))
    return Community(scenario, population=people, network=network)


def _identical(theta: NDArray[np.float64], last_acted: NDArray[np.int32]) -> Population:
    """Adults alike but for motive and last act: each at home alone, in one building without a head."""
    n = len(theta)
    nowhere, nobody = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.bool_)
    return Population(
        community=0,
        compound=nowhere,
        building=nowhere,
        household=np.arange(n, dtype=np.int32),
        age=np.full(n, MIDDLE, dtype=np.int8),
        tenure=np.full(n, OWNER, dtype=np.int8),
        party=nobody,
        free_minutes=np.full(n, WEEK, dtype=np.int16),
        skill=np.full(n, NO_SKILL, dtype=np.int8),
        theta=theta,
        volunteer=nobody,
        last_acted=last_acted,
        compound_grid=np.zeros(1, dtype=np.int32),
        compound_firm=np.full(1, -1, dtype=np.int32),
        compound_rank=np.ones(1),
        building_compound=np.zeros(1, dtype=np.int32),
        head=np.full(1, -1, dtype=np.int32),
        managed=np.empty(0, dtype=np.int32),
    )
