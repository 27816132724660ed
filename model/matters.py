"""Public matters 公共事务: their kinds, who can do what about them, and the life of one.

A matter is latent until it is reported or lapses; reported, it waits, is worked on, and ends truly resolved,
closed on paper, or lapsed. Closure is not resolution: both are kept. The table of usefulness is assumed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from linli.agents.rules.bout import (
    ALL_SKILLS,
    WHOLE_FIT,
    has_skill,
    minutes_spent,
    quality_of_minute,
    usefulness,
    work_done,
)
from linli.agents.rules.resolution import LATENT, awaits_neighbours, awaits_work
from linli.agents.traits import (
    ACTORS,
    BY_FIRM,
    BY_MEMBER,
    BY_RESIDENT,
    BY_WORKER,
    CARE,
    MAINTENANCE,
    MEDIATION,
    ORGANISING,
)

if TYPE_CHECKING:
    from linli.agents.resident import Resident
    from linli.model.objects.places import Building, Compound

PARKING, REPAIR, GREENING, DISPUTE, OLD_PEOPLE, CHILDREN = range(6)
KINDS = ("parking", "repair", "greening_waste", "dispute", "old_people", "children")

SHARE = np.array([0.20, 0.25, 0.20, 0.15, 0.12, 0.08])
"""Share of arrivals by kind (assumption)."""

UP_TO = np.cumsum(SHARE)
"""The same, cumulative."""

SHARED = np.array([True, False, True, False, False, False])
"""Seen by the whole compound; the others only in the building."""

SKILL = np.array([ORGANISING, MAINTENANCE, ORGANISING, MEDIATION, CARE, CARE], dtype=np.int8)
"""The skill that makes a resident's or member's minute fully useful."""

USEFULNESS = np.zeros((len(ACTORS), len(KINDS)), dtype=np.int64)
USEFULNESS[BY_RESIDENT] = 50, 40, 100, 80, 100, 100
USEFULNESS[BY_MEMBER] = 70, 60, 100, 100, 80, 80
USEFULNESS[BY_WORKER] = 100, 60, 80, 100, 70, 70
USEFULNESS[BY_FIRM] = 100, 100, 100, 0, 0, 0
"""Usefulness of a minute [%], by whose it is and kind (assumption); 0: they do not work on such matters."""

OF_PROPERTY = USEFULNESS[BY_FIRM] > 0
"""Kinds for which residents look to the property firm."""

QUALITY = np.zeros((len(ACTORS), 2), dtype=np.int64)
QUALITY[BY_RESIDENT] = 500, 1000
QUALITY[BY_MEMBER] = 1000, 1000
QUALITY[BY_WORKER] = QUALITY[BY_FIRM] = 600, 600
"""Quality of a minute [permille], by whose it is and whether the skill is there (assumption); of a member's
it is what the fit with the post makes of it."""

MEETS = np.full(len(ACTORS), 2**31 - 1)
MEETS[BY_RESIDENT] = MEETS[BY_MEMBER] = 1
"""So many matters one pool of minutes can meet: a person's bout or session goes to one."""

REMEMBERED = 4
"""So many first contributors learn what their work achieved."""


@dataclass(slots=True, eq=False)
class Matter:
    """One public matter. Amounts of work are in minute-percent: minutes times usefulness [%].

    compound, building: where; serial: which of the compound's matters; affected: whose it is; arose,
    reported: days (-1: not reported); work: what it takes; need: what is left of it.
    """

    compound: "Compound"
    building: "Building"
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
        """Whoever worked on a failed attempt has learnt of it; the next one counts afresh."""
        self.resident_minutes = self.organised_minutes = self.quality_minutes = 0
        self.contributors = []


def work_down(
    matters: Iterable[Matter],
    pool: int,
    actor: int,
    unskilled: float,
    *,
    skill: int = ALL_SKILLS,
    fit: int = WHOLE_FIT,
    by: "Resident | None" = None,
) -> int:
    """A pool of minutes meets matters, oldest first; returns the minutes that are left.

    matters: in the order of their queue; actor: whose minutes, see `USEFULNESS`; unskilled: factor without
    the skill; by: the resident who gives them, to what he or she sees; None: an organised force, to what is
    reported.
    """
    met = 0
    for matter in matters:
        if pool == 0 or met == MEETS.item(actor):
            break
        percent = USEFULNESS.item(actor, matter.kind)
        if percent and (matter.awaits_work if by is None else matter.is_in_sight_of(by)):
            skilled = has_skill(skill, SKILL.item(matter.kind))
            quality = quality_of_minute(QUALITY.item(actor, 0), QUALITY.item(actor, 1), skilled, fit)
            pool -= matter.work_on(pool, usefulness(percent, skilled, unskilled), quality, by)
            met += 1
    return pool
