"""A city, or one community, to run on tables: the way into the array engine."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from linli.model import cards, snapshots
from linli.model.array.engine import DAYS_PER_PASS, ArrayEngine
from linli.model.policies import Policy

if TYPE_CHECKING:
    from linli.model.community import Community

__all__ = ["DAYS_PER_PASS", "City"]


class City(ArrayEngine):
    """One community or many, day by day, in compiled loops; on any morning a file, or a community of objects.

    For the arguments see `model.array.engine.ArrayEngine`.
    """

    def __repr__(self) -> str:
        return cards.line(self)

    def _repr_html_(self) -> str:
        return cards.run_card(self)

    def save(self, file: str | Path) -> None:
        """Write a snapshot of this morning: see `model.snapshots`."""
        snapshots.save(self, file)

    @classmethod
    def load(
        cls,
        file: str | Path,
        *,
        policies: str | Sequence[Policy | str] = (),
        days: int | None = None,
        threads: int = 1,
        days_per_pass: int = DAYS_PER_PASS,
    ) -> Self:
        """A city that goes on from a snapshot: see `model.snapshots`."""
        return snapshots.load(
            cls, file, policies=policies, days=days, threads=threads, days_per_pass=days_per_pass
        )

    def to_mesa(self, number: int) -> "Community":
        """A community as it stands this morning, as a `mesa.Model` of objects to look at closely.

        It has the same people and the same luck, its part of the policies, and keeps records from today on.
        """
        from linli.model.transfer import to_objects  # objects are not needed to run a city

        return to_objects(self, number)

    def from_mesa(self, community: "Community") -> None:
        """Put a community back into the city, with whatever was changed about it: on the same morning."""
        from linli.model.transfer import from_objects

        from_objects(self, community)
