"""An arm of an attribution on the object engine: a community whose days are lived in two halves."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.resident import Resident
from linli.agents.rules.asking import ask_level, ask_source
from linli.agents.rules.bout import free_this_week
from linli.agents.rules.participation import terms_perceived
from linli.model import day as phases
from linli.model.attribution.seen import Seen, nothing_seen
from linli.model.community import Community

_DELIBERATION = [phase.__name__ for phase in phases.DAY].index("deliberation")


class TracedResident(Resident):
    """A resident of whom is kept where changes of efficacy come from, and what the last bout was.

    from_neighbours, from_organised: what others' successes added to efficacy since the arms parted; bout,
    on_matters: minutes of the last act, and of them on matters.
    """

    from_neighbours: float
    from_organised: float
    bout: int
    on_matters: int

    def is_traced(self) -> None:
        """From now on."""
        self.from_neighbours = self.from_organised = 0.0
        self.bout = self.on_matters = 0

    def sees_neighbours_solve(self) -> None:
        """Neighbours solved a matter in the house: what that adds is kept."""
        before = self.efficacy
        super().sees_neighbours_solve()
        self.from_neighbours += self.efficacy - before

    def sees_others_solve(self) -> None:
        """Only an organised force solved it: what that takes away is kept."""
        before = self.efficacy
        super().sees_others_solve()
        self.from_organised += self.efficacy - before

    def drifts_home(self, left: float) -> None:
        """What was added fades as efficacy itself does."""
        super().drifts_home(left)
        self.from_neighbours *= left
        self.from_organised *= left

    def is_replaced(self, theta: float) -> None:
        """Somebody else moves in, to whom nothing was added."""
        super().is_replaced(theta)
        self.from_neighbours = self.from_organised = 0.0

    def serve(self, day: int) -> None:
        """One bout, whose minutes are noted."""
        before = self.model.today.resident_matter_minutes
        given, _ = free_this_week(day, self.week, self.minutes_week, self.free_minutes)
        super().serve(day)
        self.bout = self.minutes_week - given
        self.on_matters = self.model.today.resident_matter_minutes - before


class ObjectsArm:
    """One arm: a community that stands on a morning."""

    def __init__(self, community: Community) -> None:
        self.world = community
        self.starts = [0, len(community.residents)]
        self.numbers = [community.number]
        for resident in community.residents:
            resident.__class__ = TracedResident
            resident.is_traced()

    @property
    def day(self) -> int:
        """The day that begins, counted from the first day of the run."""
        return self.world.day

    def begins_day(self) -> None:
        """What the day alone decides."""
        self.world.begin_day()

    def morning(self, c: int) -> NDArray[np.int64]:
        """The first half of the day. Returns who may decide: residents, ascending."""
        for phase in phases.DAY[:_DELIBERATION]:
            phase(self.world)
        asked = [resident.number for resident in self.world.asked]
        return np.union1d(np.array(self.world.diary.due(self.day), dtype=np.int64), np.array(asked, np.int64))

    def perceives(self, c: int, who: NDArray[np.int64]) -> Seen:
        """What residents decide by."""
        community, seen, day = self.world, nothing_seen(len(who)), self.day
        due = set(community.diary.due(day))
        for n, number in enumerate(who.tolist()):
            resident: Any = community.residents[number]
            seen.level[n] = ask_level(resident.heard, day)
            seen.source[n] = ask_source(resident.heard, day)
            seen.rests[n] = resident.still_rests(day)
            seen.candidate[n] = number in due
            seen.last_acted[n] = resident.last_acted
            home = resident.home_building
            seen.sight[n] = home.open_matters + home.compound.open_shared
            seen.council[n] = community.levers.council
            seen.rate[n], seen.ordinary[n] = resident.occasion_rates()
            seen.efficacy[n] = resident.efficacy
            seen.from_neighbours[n] = resident.from_neighbours
            seen.from_organised[n] = resident.from_organised
            seen.terms[n] = terms_perceived(*resident.perceives(day))
        return seen

    def evening(self, c: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The second half. Returns who acted, ascending, the minutes of each, and of them on matters."""
        for phase in phases.DAY[_DELIBERATION:]:
            phase(self.world)
        acted: list[Any] = self.world.acting
        made = [[getattr(r, name) for r in acted] for name in ("number", "bout", "on_matters")]
        acting, bout, on_matters = (np.array(column, dtype=np.int64) for column in made)
        return acting, bout, on_matters

    def ends_day(self) -> None:
        """The day is written down; the next morning comes."""
        self.world.end_day()

    def homes(self) -> dict[str, NDArray[Any]]:
        """Compound, age and tenure of every resident."""
        columns = self.world.columns("resident")
        return {name: columns[name] for name in ("compound", "age", "tenure")}
