"""Stop conditions: a run that ends on the first morning after its burn-in on which something holds.

They are asked every morning, so that both engines end on the same day; the array engine then lives day by
day, which is slower.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from linli.model.errors import InputError, unknown
from linli.model.policies.own import answered


class Run(Protocol):
    """A run, as far as it matters here: see `Engine` of `linli.model.engines`, which is one."""

    settings: Any
    day: int

    def run(self, progress: Callable[[], None] | None = None) -> Self: ...  # noqa: D102
    def run_to(self, day: int, progress: Callable[[], None] | None = None) -> Self: ...  # noqa: D102


Condition = Callable[[Any], bool]
"""Asked of a run, on whichever engine."""


@dataclass(frozen=True)
class Stop:
    """A condition by its name. of: asked of a run on a morning; label: what it says."""

    name: str
    label: str
    of: Condition

    def is_met(self, run: Run) -> bool:
        """Whether the run ends here. Raises InputError where the condition fails or answers neither way."""
        met = answered(f"stop condition {self.name}", lambda: self.of(run))
        if not isinstance(met, bool) and type(met).__name__ != "bool":  # numpy's own
            raise InputError(f"stop condition {self.name} must answer true or false, not {met!r}")
        return bool(met)


STOPS: dict[str, Stop] = {}
"""By the name that a study or a command gives."""


def stop(function: Condition) -> Condition:
    """Register a stop condition under the name of its function."""
    name = function.__name__
    if name in STOPS:
        raise InputError(f"there is a stop condition {name} already: call it by another name")
    label = (function.__doc__ or name).strip().splitlines()[0].rstrip(".")
    STOPS[name] = Stop(name, label, function)
    return function


def checked_stop(name: str) -> Stop:
    """The stop condition of a name. Raises InputError if there is none."""
    if name not in STOPS:
        raise unknown("stop condition", name, [*STOPS, "one of your own: name its file with --with"])
    return STOPS[name]


def run_until[R: Run](run: R, met: Stop | None, progress: Callable[[], None] | None = None) -> R:
    """Run to the end, or to the morning after the burn-in on which a condition is met. progress: called after
    each day."""
    if met is None:
        return run.run(progress)
    end = run.settings.burn_in + run.settings.days
    run.run_to(run.settings.burn_in, progress)
    while run.day < end and not met.is_met(run):
        run.run_to(run.day + 1, progress)
    return run
