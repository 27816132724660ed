"""A contagion day by day: what every engine answers, and the engine of compiled loops."""

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linli.model.errors import count_of
from linli.model.theory.crowd import crowd_of, scratch_for, shared_out
from linli.model.theory.ties import Ties


@runtime_checkable
class Rule(Protocol):
    """What makes people active: `SocialInteraction`, `Thresholds` or `SIS`."""

    def columns(self, ties: Ties, active: NDArray[np.bool_]) -> Any:
        """What the rule keeps of everybody, as columns."""

    def constants(self, last_day: int) -> Any:
        """What compiled code needs to know for the days up to a last one."""

    def live(self, *day: Any) -> int:
        """A range of people lives through a day. Returns how many of them are active in the evening."""


class Contagion(ABC):
    """A crowd on a network, day by day; `model.theory.contagion` makes one.

    ties: who is tied to whom; day: the next day to live, from 0.
    """

    def __init__(self, ties: Ties) -> None:
        self.ties, self.day = ties, 0
        self._record: list[int] = []

    def __len__(self) -> int:
        return len(self.ties)

    def run(self, days: int) -> NDArray[np.int64]:
        """Live through some more days. Returns how many are active in the evening of each. Shape: days."""
        days = count_of("days", days, 0)
        for _ in range(days):
            self._record.append(self._live())
            self.day += 1
        return self.record[self.day - days :]

    @property
    def record(self) -> NDArray[np.int64]:
        """How many were active on each day so far [count]. Shape: days."""
        return np.array(self._record, dtype=np.int64)

    def daily(self) -> pd.DataFrame:
        """The record as a table: day, active [count], share [-]."""
        record = self.record
        return pd.DataFrame({"day": np.arange(self.day), "active": record, "share": record / len(self)})

    @property
    @abstractmethod
    def active(self) -> NDArray[np.bool_]:
        """Who is active now. Shape: people."""

    @abstractmethod
    def _live(self) -> int:
        """A day. Returns how many are active in the evening."""


class ArrayContagion(Contagion):
    """A contagion as compiled loops over columns. crowd, own: see `model.theory.crowd` and the rule."""

    def __init__(self, ties: Ties, rule: Rule, active: NDArray[np.bool_], seed: int, threads: int) -> None:
        super().__init__(ties)
        self.rule, self.seed = rule, seed
        self._blocks = shared_out(len(ties), threads)
        self.crowd = crowd_of(ties, active, len(self._blocks))
        self.own = rule.columns(ties, active)
        self._scratch = [scratch_for(self.crowd) for _ in self._blocks]
        self._others = range(1, len(self._blocks))
        self._pool = ThreadPoolExecutor(max(1, len(self._others)))  # starts no thread before it has work
        self._active_before = int(active.sum())
        self._constants: Any = None

    def run(self, days: int) -> NDArray[np.int64]:
        """Live through some more days: see `Contagion.run`."""
        days = count_of("days", days, 0)
        self._constants = self.rule.constants(self.day + days)
        return super().run(days)

    @property
    def active(self) -> NDArray[np.bool_]:
        """Who is active now. Shape: people."""
        return self.crowd.active.copy()

    def _live(self) -> int:
        elsewhere = [self._pool.submit(self._live_some, thread) for thread in self._others]
        here = self._live_some(0)
        self._active_before = here + sum(done.result() for done in elsewhere)
        return self._active_before

    def _live_some(self, thread: int) -> int:
        first, last = self._blocks[thread]
        return self.rule.live(
            self.crowd, self.own, self._constants, self.seed, self.day, self._active_before,
            first, last, thread, self._scratch[thread],
        )  # fmt: skip
