"""Two arms side by side: both hear who asks, their decisions are compared, and both go on with the day."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from linli.model.attribution.result import DIFFERENCE, Attribution
from linli.model.engines import Engine
from linli.model.measures.record import COLUMNS
from linli.model.policies import Policy

if TYPE_CHECKING:
    from linli.model.attribution.trace import Trace

_ACTS = [COLUMNS.index("acts_spontaneous"), COLUMNS.index("acts_asked")]
_MINUTES = COLUMNS.index("resident_matter_minutes")


class Pair(Protocol):
    """What an engine does for an attribution: see `model.attribution.tables.TablesPair`."""

    @property
    def worlds(self) -> tuple[Any, Any]: ...  # noqa: D102
    def live(self, most: int) -> tuple[int, list[NDArray[Any]]]: ...  # noqa: D102


def _pair_of(baseline: Engine, treated: Engine, trace: "Trace | None") -> Pair:
    """Both arms on whichever engine."""
    from linli.model.city import City

    if isinstance(baseline, City):
        from linli.model.attribution.tables import TablesPair

        assert isinstance(treated, City)
        return TablesPair(baseline, treated, trace)
    from linli.model.attribution.objects import ObjectsPair
    from linli.model.community import Community

    assert isinstance(baseline, Community)
    assert isinstance(treated, Community)
    return ObjectsPair(baseline, treated)


class Lockstep:
    """Two arms that part on a morning and live through the same days.

    world: a city or community on the morning from which policies act; policies: what the second arm has and
    the first has not; trace: keeps what chains are followed through (array engine, one community). worlds:
    both, the one without policies first.
    """

    def __init__(
        self,
        world: Engine,
        policies: str | Sequence[Policy | str],
        trace: "Trace | None" = None,
    ) -> None:
        self._pair = _pair_of(world, world.branch(policies), trace)
        self.worlds = self._pair.worlds
        self.burn_in = world.settings.burn_in
        self.days, self.trace = 0, trace
        self._rows: list[NDArray[Any]] = []

    def run(self, days: int, progress: Callable[[], None] | None = None) -> "Lockstep":
        """Live through some days. progress: called for each."""
        end = self.days + days
        while self.days < end:
            lived, found = self._pair.live(end - self.days)
            self.days += lived
            self._rows.extend(rows for rows in found if len(rows))
            for _ in range(lived if progress is not None else 0):
                progress()  # type: ignore[misc]
        return self

    def result(self) -> Attribution:
        """What differs so far."""
        rows = np.concatenate(self._rows) if self._rows else np.zeros(0, dtype=DIFFERENCE)
        # days one by one, and within a day the communities in their order, however they were lived through
        rows = rows[np.lexsort((rows["resident"], rows["day"]))]
        recorded = [_recorded(world.records, self.days) for world in self.worlds]
        acts = np.stack([part[:, _ACTS].sum(axis=1) for part in recorded], axis=1)
        minutes = np.stack([part[:, _MINUTES] for part in recorded], axis=1)
        columns = self.worlds[0].columns("resident")
        homes = {name: columns[name] for name in ("compound", "age", "tenure")}
        return Attribution(rows, acts, minutes, homes)


def _recorded(records: Sequence[tuple[int, ...]], days: int) -> NDArray[np.int64]:
    """The records of the last days."""
    return np.array(records[len(records) - days :], dtype=np.int64).reshape(-1, len(COLUMNS))
