"""What an attribution found: every act and every minute on matters that differs, with its class."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.volunteering import MONTH
from linli.agents.traits import AGES, TENURES
from linli.model.attribution.channels import CHANNELS, grouped
from linli.model.measures.spans import YEAR

DIFFERENCE = np.dtype(
    [("day", "int32"), ("resident", "int32"), ("minutes", "int32"), ("acts", "int8"), ("channel", "int8")],
    align=True,
)
"""A resident's day that differs. day: after the burn-in, from 0; acts: 1 with the policies only, -1 without
them only, 0 in both; minutes: more on matters with the policies; channel: the class, by number."""


class OtherDecisions(RuntimeError):
    """What was credited is not what the engines did."""

    def __init__(self) -> None:
        super().__init__("the decisions compared are not those that were made")


BY = ("year", "month", "tenure", "age", "compound")


@dataclass(frozen=True, eq=False)
class Attribution:
    """The differences between two arms. rows: see DIFFERENCE; acts, minutes: of either arm day by day, as the
    engines recorded them, shape (days, 2); homes: compound, age and tenure of each resident."""

    rows: NDArray[Any]
    acts: NDArray[np.int64]
    minutes: NDArray[np.int64]
    homes: Mapping[str, NDArray[Any]]

    def between(self, first: int, behind: int) -> "Attribution":
        """The same for the days first .. behind-1 only; days keep their numbers."""
        rows = self.rows[(self.rows["day"] >= first) & (self.rows["day"] < behind)]
        here = slice(first, behind)
        return Attribution(rows, self.acts[here], self.minutes[here], self.homes)

    def total(self, what: str = "acts") -> dict[str, int]:
        """The difference by class. what: "acts" or "minutes"."""
        return dict(zip((c.name for c in CHANNELS), self._added_up(what, self.rows).tolist(), strict=True))

    def gained_and_lost(self) -> dict[str, tuple[int, int]]:
        """Acts by class: in the arm with policies only, and in the other only."""
        codes, acts = self.rows["channel"], self.rows["acts"]
        gained, lost = (np.bincount(codes[acts == sign], minlength=len(CHANNELS)) for sign in (1, -1))
        return {c.name: (int(gained[at]), int(lost[at])) for at, c in enumerate(CHANNELS)}

    def by_group(self, what: str = "acts") -> dict[str, int]:
        """The difference by group of classes: see `model.attribution.channels.grouped`; acts tell which
        group need belongs to."""
        acts, total = self.total("acts"), self.total(what)
        groups = grouped(acts["need_gained"] + acts["need_gone"])
        return {group: sum(total[c.name] for c in classes) for group, classes in groups.items()}

    def difference(self, what: str = "acts") -> int:
        """What the engines recorded more with the policies than without."""
        both = self.acts if what == "acts" else self.minutes
        return int(both[:, 1].sum() - both[:, 0].sum())

    def by(self, by: str, what: str = "acts") -> dict[str, dict[str, int]]:
        """The difference by class within each year, month, tenure, age group or compound."""
        keys, names = self._keys(by)
        found = np.zeros((len(names), len(CHANNELS)), dtype=np.int64)
        np.add.at(found, (keys, self.rows["channel"]), self.rows[what])
        return {
            name: dict(zip((c.name for c in CHANNELS), line, strict=True))
            for name, line in zip(names, found.tolist(), strict=True)
        }

    def _keys(self, by: str) -> tuple[NDArray[Any], list[str]]:
        if by in ("year", "month"):
            keys = self.rows["day"] // (YEAR if by == "year" else MONTH)
            return keys, [str(at + 1) for at in range(int(keys.max(initial=-1)) + 1)]
        keys = self.homes[by][self.rows["resident"]]
        if by == "compound":
            return keys, [str(at) for at in range(int(self.homes[by].max()) + 1)]
        return keys, list(AGES if by == "age" else TENURES)

    def _added_up(self, what: str, rows: NDArray[Any]) -> NDArray[np.int64]:
        found = np.zeros(len(CHANNELS), dtype=np.int64)
        np.add.at(found, rows["channel"], rows[what])
        return found

    def most_changed(self) -> int:
        """The resident whose days differ most often; -1 if none do."""
        differs = self.rows["resident"][self.rows["acts"] != 0]
        return int(np.bincount(differs).argmax()) if len(differs) else -1
