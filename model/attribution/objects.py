"""Two arms of an attribution on the object engine: communities that live through their days side by side."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.resident import Resident
from linli.agents.rules.asking import ask_level, ask_source
from linli.agents.rules.bout import free_this_week
from linli.agents.rules.linked_unit import council_with_room
from linli.agents.rules.occasion import highest_rate
from linli.agents.rules.participation import terms_perceived
from linli.model import day as phases
from linli.model.attribution.crediting import compare, note
from linli.model.attribution.result import OtherDecisions
from linli.model.attribution.seen import Seen, compared
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


class ObjectsPair:
    """Both arms: communities that stand on the same morning."""

    def __init__(self, baseline: Community, treated: Community) -> None:
        self.worlds = baseline, treated
        self._highest: float = highest_rate(*_paces(baseline))
        for community in self.worlds:
            for resident in community.residents:
                resident.__class__ = TracedResident
                resident.is_traced()

    def live(self, most: int) -> tuple[int, list[NDArray[Any]]]:
        """Live through the day that begins. Returns 1, and what differs.

        Raises OtherDecisions if what was credited is not what the engines did.
        """
        a, b = self.worlds
        for community in self.worlds:
            community.begin_day()
        who = np.union1d(_morning(a), _morning(b))
        of = compared(len(who), len(who))
        of.who[:], of.so_far["many"] = who, len(who)
        _perceive(a, who, of.a)
        _perceive(b, who, of.b)
        compare(of, a.seed, a.number, 0, a.day, self._highest, a.parameters.E)
        acting, acted, bout, on_matters = (
            np.stack(both) for both in zip(*(_evening(world) for world in self.worlds), strict=True)
        )
        if not note(of, a.day, acting, acted, bout, on_matters):
            raise OtherDecisions
        for community in self.worlds:
            community.end_day()
        return 1, [of.taken(a.settings.burn_in)]


def _paces(community: Community) -> tuple[float, ...]:
    """What the highest rate of occasions depends on."""
    p = community.parameters
    return p.lambda0, p.council_occasions, p.mu, p.weekend


def _morning(community: Community) -> NDArray[np.int64]:
    """The first half of the day. Returns who may decide: residents, ascending."""
    for phase in phases.DAY[:_DELIBERATION]:
        phase(community)
    asked = [resident.number for resident in community.asked]
    return np.union1d(community.diary.due(community.day), np.array(asked, np.int64))


def _perceive(community: Community, who: NDArray[np.int64], seen: Seen) -> None:
    """What residents decide by: fills in `seen`."""
    day = community.day
    due = set(community.diary.due(day).tolist())
    for n, number in enumerate(who.tolist()):
        resident: Any = community.residents[number]
        seen.level[n] = ask_level(resident.heard, day)
        seen.source[n] = ask_source(resident.heard, day)
        seen.rests[n] = resident.still_rests(day)
        seen.candidate[n] = number in due
        seen.last_acted[n] = resident.last_acted
        seen.sight[n] = resident.home_building.matters_in_sight
        seen.room[n] = community.occasions.reach_of_room(resident.home_compound)
        seen.council[n] = council_with_room(community.levers.council, seen.room[n])
        seen.rate[n], seen.roomless[n], seen.ordinary[n] = resident.occasion_rates()
        seen.efficacy[n] = resident.efficacy
        seen.from_neighbours[n] = resident.from_neighbours
        seen.from_organised[n] = resident.from_organised
        seen.terms[n] = terms_perceived(*resident.perceives(day))


def _evening(community: Community) -> tuple[Any, ...]:
    """The second half. Returns who acted, ascending, at the beginning of a list as long as there are
    residents; how many; and by resident the minutes of the act, and of them on matters."""
    for phase in phases.DAY[_DELIBERATION:]:
        phase(community)
    acted: list[Any] = community.acting
    acting, bout, on_matters = np.zeros((3, len(community.residents)), dtype=np.int64)
    acting[: len(acted)] = numbers = [resident.number for resident in acted]
    bout[numbers] = [resident.bout for resident in acted]
    on_matters[numbers] = [resident.on_matters for resident in acted]
    return acting, np.int64(len(acted)), bout, on_matters
