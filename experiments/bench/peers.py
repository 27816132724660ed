"""The contagion workload as one would write it elsewhere: with Mesa, and with NumPy and scipy.

    p = 1 / (1 + exp(-(-3 + 4 * share + 1.5 * attitude - 2 * fatigue)))
    fatigue <- .9 * fatigue + .1 * active

with the draws that `model.theory.contagion` makes, so that all give the same numbers. The draws of a day are
filled in by a compiled loop, which costs both of them less than any generator of their own would.
"""

from math import exp

import mesa
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linli.model.network import Network
from linli.model.theory.social_interaction import luck


class Neighbour(mesa.Agent):
    """Somebody with neighbours. number: which draw of a day is his or hers."""

    def __init__(self, model: "MesaContagion", number: int, attitude: float) -> None:
        super().__init__(model)
        self.number = number
        self.attitude = attitude
        self.neighbours: list[Neighbour] = []
        self.fatigue = 0.0
        self.active = False
        self.will_be_active = False

    def decide(self) -> None:
        """Look at the neighbours, and make up one's mind."""
        share = sum([other.active for other in self.neighbours]) / len(self.neighbours)
        appeal = -3.0 + 1.5 * self.attitude + 4.0 * share - 2.0 * self.fatigue
        self.will_be_active = self.model.luck[self.number] * (1.0 + exp(-appeal)) < 1.0

    def commit(self) -> None:
        """What was decided becomes so."""
        self.active = self.will_be_active
        self.fatigue = 0.9 * self.fatigue + 0.1 * self.active
        self.model.active += self.active


class MesaContagion(mesa.Model):
    """The workload as a Mesa model: every agent decides, then every agent commits."""

    def __init__(self, attitude: NDArray[np.float64], network: Network, seed: int) -> None:
        super().__init__(rng=seed)
        people = Neighbour.create_agents(self, len(attitude), list(range(len(attitude))), attitude.tolist())
        everybody = list(people)
        start, ties = network.start.tolist(), network.ties.tolist()
        for i, person in enumerate(everybody):
            person.neighbours = [everybody[other] for other in ties[start[i] : start[i + 1]]]
        self.seed, self.day = seed, 0
        self.active = 0
        self.luck: list[float] = []
        self.datacollector = mesa.DataCollector(model_reporters={"active": "active"})

    def step(self) -> None:
        """A day."""
        self.luck = luck(self.seed, self.day, len(self.agents)).tolist()
        self.active = 0
        self.agents.do("decide")
        self.agents.do("commit")
        self.day += 1
        self.datacollector.collect(self)

    def run(self, days: int) -> NDArray[np.int64]:
        """Live through some days. Returns how many acted on each."""
        for _ in range(days):
            self.step()
        return np.array(self.datacollector.model_vars["active"][-days:], dtype=np.int64)


class ScipyContagion:
    """The workload with a sparse matrix and whole arrays (scipy multiplies small integers fastest)."""

    def __init__(self, attitude: NDArray[np.float64], network: Network, seed: int) -> None:
        people = len(attitude)
        ones = np.ones(len(network.ties), dtype=np.uint8)
        rows = network.start.astype(np.int32)
        self.neighbours = csr_array((ones, network.ties, rows), shape=(people, people))
        self.degrees = network.degrees.astype(np.float64)
        self.motive = -3.0 + 1.5 * attitude
        self.active = np.zeros(people, dtype=np.uint8)
        self.fatigue = np.zeros(people)
        self.seed, self.day = seed, 0

    def run(self, days: int) -> NDArray[np.int64]:
        """Live through some days. Returns how many acted on each."""
        acting = np.zeros(days, dtype=np.int64)
        for t in range(days):
            u = luck(self.seed, self.day, len(self.motive))
            share = (self.neighbours @ self.active) / self.degrees
            appeal = self.motive + 4.0 * share - 2.0 * self.fatigue
            acts = u * (1.0 + np.exp(-appeal)) < 1.0
            self.fatigue = 0.9 * self.fatigue + 0.1 * acts
            self.active = acts.astype(np.uint8)
            acting[t] = np.count_nonzero(acts)
            self.day += 1
        return acting
