"""What should come out of a case, and the verdict: every figure inside its tolerance, or not reproduced.

A table of expectations stands beside each case:

    [[expected]]
    name = "raised"                        # what the case calls it
    en = "..."                             # and people do
    zh = "..."
    value = 1
    tolerance = 0                          # in the unit of the value
    source = "Granovetter 1978"            # where the value stands, or how it follows
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from linli.model.text import Text

FOLDER = Path(__file__).resolve().parent / "cases"
REPRODUCED = Text("reproduced", "已重现")
NOT_REPRODUCED = Text("not reproduced", "未重现")


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One figure. value, tolerance: in its own unit, which `label` says."""

    name: str
    label: Text
    value: float
    tolerance: float
    source: str


@dataclass(frozen=True)
class Verdict:
    """A figure beside what came out. found: nan where nothing did."""

    expected: Expected
    found: float

    @property
    def is_reproduced(self) -> bool:
        """Whether it lies within the tolerance, the edge included."""
        far = abs(self.found - self.expected.value)
        return far <= self.expected.tolerance or math.isclose(far, self.expected.tolerance, abs_tol=1e-12)

    def said(self, lang: str) -> str:
        """In words."""
        return (REPRODUCED if self.is_reproduced else NOT_REPRODUCED).said(lang)


def file_of(case: str) -> Path:
    """The table of a case."""
    return FOLDER / f"{case.replace('-', '_')}.toml"


def expectations(case: str) -> tuple[Expected, ...]:
    """All that is expected of a case, in order."""
    rows = tomllib.loads(file_of(case).read_text(encoding="utf-8"))["expected"]
    return tuple(
        Expected(
            name=row["name"],
            label=Text(row["en"], row["zh"]),
            value=float(row["value"]),
            tolerance=float(row["tolerance"]),
            source=row["source"],
        )
        for row in rows
    )


def verdicts(expected: Sequence[Expected], found: Mapping[str, float]) -> tuple[Verdict, ...]:
    """Each figure beside what came out. Raises LookupError where a case and its table name other figures."""
    names = {one.name for one in expected}
    if names != set(found):
        raise LookupError(f"named on one side only: {', '.join(sorted(names ^ set(found)))}")
    return tuple(Verdict(one, float(found[one.name])) for one in expected)
