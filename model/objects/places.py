"""Compounds 小区, their buildings, and the matters that are seen there by the neighbours who live there.

A matter is latent until it is reported or lapses; reported, it waits, is worked on, and ends truly resolved,
closed on paper, or lapsed. Closure is not resolution: both are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linli.agents.actor import Linked
from linli.agents.rules.bout import minutes_spent, work_done
from linli.agents.rules.departments import NOT_CALLED
from linli.agents.rules.learning import USUAL_EXPECTATION, expected_after
from linli.agents.rules.resolution import (
    LATENT,
    awaits_neighbours,
    awaits_work,
    is_given_up,
    is_hidden,
    is_in_sight,
)
from linli.agents.rules.waste_sorting import NOT_JUDGED, share_sorting
from linli.agents.traits import BY_FIRM
from linli.model.matters import KINDS, REMEMBERED, SHARED

if TYPE_CHECKING:
    from linli.agents.owners_committee import OwnersCommittee
    from linli.agents.property_firm import PropertyFirm
    from linli.agents.resident import Resident
    from linli.agents.sorting_household import SortingHousehold


class Building:
    """A building. residents: who lives here; open_matters: those of its own in sight; head: an adult; posts:
    those whose beat it is; service, service_before: general service given here this month, and in the month
    before [minutes]; expected: the share of its matters that people here expect to be truly resolved; ended,
    resolved: of its matters, this month; sorters: its households, where a policy brought waste sorting."""

    __slots__ = (
        "adults",
        "compound",
        "discouragements",
        "encouragements",
        "ended",
        "expected",
        "head",
        "number",
        "open_matters",
        "posts",
        "residents",
        "resolved",
        "service",
        "service_before",
        "sorters",
    )

    def __init__(self, number: int, compound: "Compound") -> None:
        self.number = number
        self.compound = compound
        self.residents: list[Resident] = []
        self.adults: list[Resident] = []
        self.head: Resident | None = None
        self.open_matters = 0
        self.service = self.service_before = 0
        self.encouragements = 0
        self.discouragements = 0
        self.expected = USUAL_EXPECTATION
        self.ended = self.resolved = 0
        self.posts: list[int] = []
        self.sorters: list[SortingHousehold] = []

    def serving(self, free: Sequence[bool]) -> int:
        """How many members serve here: those whose beat it is. free: the posts that nobody serves in."""
        return sum(not free[post] for post in self.posts)

    def sees_end(self, resolved: bool) -> None:
        """One of its matters ended, truly resolved or not."""
        self.ended += 1
        self.resolved += resolved

    def month_ends(self, eta_b: float) -> None:
        """What people here expect follows what became of the month's matters."""
        self.expected = expected_after(self.expected, self.resolved, self.ended, eta_b)
        self.ended = self.resolved = 0

    @property
    def matters_in_sight(self) -> int:
        """Unfinished matters that people here see: of the building, and those that the compound shares."""
        return self.open_matters + self.compound.open_shared


class Compound:
    """A compound. matters: all unfinished ones, oldest first; grid, firm: who is responsible; committee: of
    owners, if there is one; room: whether a linked unit has one open here; works: what is left of small
    works, by kind of matter.

    firm_work, others_work: done this month on matters that are a firm's to do, by the firm and by others
    [minute-percent]; sorters: as of a building; standing: in the last contest, of
    `agents.rules.waste_sorting`.
    """

    __slots__ = (
        "adults",
        "arisen",
        "buildings",
        "committee",
        "firm",
        "firm_work",
        "grid",
        "key",
        "matters",
        "number",
        "open_shared",
        "others_work",
        "rank",
        "residents",
        "room",
        "sorters",
        "standing",
        "works",
    )

    def __init__(self, number: int, key: int, grid: int, rank: float) -> None:
        self.number = number
        self.key = key
        self.grid = grid
        self.rank = rank
        self.firm: PropertyFirm | None = None
        self.committee: OwnersCommittee | None = None
        self.room = False
        self.residents: list[Resident] = []
        self.adults: list[Resident] = []
        self.buildings: list[Building] = []
        self.matters: list[Matter] = []
        self.sorters: list[SortingHousehold] = []
        self.standing = NOT_JUDGED
        self.firm_work = self.others_work = 0
        self.works = [0.0] * len(KINDS)
        self.open_shared = 0
        self.arisen = 0

    def is_controlled(self, share: float) -> bool:
        """Whether it is among the share of compounds under joint control. rank: its place in (0, 1]."""
        return self.rank <= share

    def effort(self, x0: float) -> float:
        """Effort of its property firm; the usual one where there is none."""
        return self.firm.effort if self.firm else x0

    def counts_work(self, actor: int, done: int) -> None:
        """Somebody worked on what is a firm's to do. done: [minute-percent]."""
        if actor == BY_FIRM:
            self.firm_work += done
        else:
            self.others_work += done
        if self.committee is not None:
            self.committee.sees_work(actor, done)

    @property
    def sorting(self) -> int:
        """How many of its households sort their waste."""
        return sum(household.sorts for household in self.sorters)

    @property
    def share_sorting(self) -> float:
        """Share of its households that do."""
        found: float = share_sorting(self.sorting, len(self.sorters))
        return found

    def opens(self, matter: "Matter") -> None:
        """A matter comes to the back of the queue and into sight."""
        self.matters.append(matter)
        self.sees(matter, 1)

    def ends(self, matter: "Matter") -> None:
        """A matter leaves the queue."""
        self.matters.remove(matter)

    def sees(self, matter: "Matter", change: int) -> None:
        """A matter comes into sight (1) or goes out of it (-1)."""
        if matter.is_shared:
            self.open_shared += change
        else:
            matter.building.open_matters += change

    def sent_back(self, matter: "Matter") -> None:
        """A matter goes to the back of the queue."""
        self.matters.remove(matter)
        self.matters.append(matter)


@dataclass(slots=True, eq=False)
class Matter(Linked):
    """One public matter. Amounts of work are in minute-percent: minutes times usefulness [%].

    compound, building: where; serial: which of the compound's matters; affected: whose it is; arose,
    reported: days (-1: not reported); work: what it takes; need: what is left of it; funded: 1 if it has got
    the money that it lacked; stage: on its way to a department, see `agents.rules.departments`; handed: the
    day on which it was handed over last; due: what a department still has to do [minutes].
    """

    compound: Compound
    building: Building
    kind: int
    serial: int
    affected: "Resident"
    arose: int
    work: int
    need: int
    status: int = LATENT
    reported: int = -1
    resident_minutes: int = 0
    organised_minutes: int = 0
    quality_minutes: int = 0
    funded: int = 0
    stage: int = NOT_CALLED
    handed: int = 0
    due: int = 0
    contributors: "list[Resident]" = field(default_factory=list)

    @property
    def is_shared(self) -> bool:
        """Whether the whole compound sees it; otherwise only the building."""
        return SHARED.item(self.kind)

    @property
    def awaits_work(self) -> bool:
        """Reported, with hours still due: what members, workers and firms work on."""
        found: bool = awaits_work(self.status, self.need)
        return found

    def is_in_sight_of(self, resident: "Resident") -> bool:
        """Whether somebody may take it up as a neighbour: hours are due where he or she sees it."""
        found: bool = awaits_neighbours(self.need, self.is_shared, self.building is resident.home_building)
        return found

    def is_hidden_at(self, building: Building) -> bool:
        """Whether somebody at a door in a building may come upon it: unreported, with hours due."""
        found: bool = is_hidden(self.status, self.need, self.is_shared, self.building is building)
        return found

    def is_in_sight(self, sees_dead: int) -> bool:
        """Whether the neighbours count it as need. sees_dead: whether also when nothing can be done."""
        found: bool = is_in_sight(self.need, self.minutes, sees_dead)
        return found

    @property
    def is_given_up(self) -> bool:
        """Whether an attempt failed and nobody took it up again."""
        found: bool = is_given_up(self.need, self.minutes)
        return found

    @property
    def minutes(self) -> int:
        """Minutes worked on the present attempt."""
        return self.resident_minutes + self.organised_minutes

    def work_on(self, pool: int, percent: int, quality: int, by: "Resident | None") -> int:
        """Work on it with a pool of minutes; returns those spent.

        percent: usefulness; quality: permille; by: the resident who gives them (None: an organised force).
        """
        spent: int = minutes_spent(pool, self.need, percent)
        self.need -= work_done(self.need, spent, percent)
        self.quality_minutes += spent * quality
        if by is None:
            self.organised_minutes += spent
        else:
            self.resident_minutes += spent
            self._remember(by)
        return spent

    def _remember(self, resident: "Resident") -> None:
        """Note a contributor, if among the first."""
        if len(self.contributors) < REMEMBERED and resident not in self.contributors:
            self.contributors.append(resident)

    def starts_over(self) -> None:
        """A failed attempt is taken up again: all the hours are due, by whoever comes."""
        self.need = self.work

    def forget_attempt(self) -> None:
        """The next attempt counts afresh."""
        self.resident_minutes = self.organised_minutes = self.quality_minutes = 0

    def forget_contributors(self) -> None:
        """Whoever worked on a failed attempt has learnt of it."""
        self.contributors = []
