"""Public matters 公共事务: their kinds, who can do what about them, and the life of one.

A matter is latent until it is reported or lapses; reported, it waits, is worked on, and ends truly resolved,
closed on paper, or lapsed. Closure is not resolution: both are kept. The table of usefulness is assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.rules.bout import minutes_spent, work_done
from agents.traits import CARE, MAINTENANCE, MEDIATION, ORGANISING

if TYPE_CHECKING:
    from agents.resident import Resident
    from model.compound import Building, Compound

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

BY_RESIDENT = np.array([50, 40, 100, 80, 100, 100])
BY_MEMBER = np.array([70, 60, 100, 100, 80, 80])
BY_WORKER = np.array([100, 60, 80, 100, 70, 70])
BY_FIRM = np.array([100, 100, 100, 0, 0, 0])
"""Usefulness of a minute by kind [%] (assumption)."""

OF_PROPERTY = BY_FIRM > 0
"""Kinds for which residents look to the property firm."""

RESIDENT_QUALITY, SKILLED_QUALITY, OFFICIAL_QUALITY = 500, 1000, 600
"""Quality of a minute [permille]: a resident, a skilled resident, a worker or firm (assumption)."""

REMEMBERED = 4
"""So many first contributors learn what their work achieved."""

LATENT, REPORTED, RESOLVED, CLOSED, LAPSED = range(5)


class Kinds:
    """The tables above as plain numbers, for agents."""

    skill: Sequence[int] = SKILL.tolist()
    up_to: NDArray[np.float64] = UP_TO
    shared: Sequence[bool] = SHARED.tolist()
    by_resident: Sequence[int] = BY_RESIDENT.tolist()
    by_member: Sequence[int] = BY_MEMBER.tolist()
    by_worker: Sequence[int] = BY_WORKER.tolist()
    by_firm: Sequence[int] = BY_FIRM.tolist()
    of_property: Sequence[bool] = OF_PROPERTY.tolist()
    official_quality = OFFICIAL_QUALITY

    @staticmethod
    def quality_of_resident(skilled: bool) -> int:
        """Quality of a resident's minute [permille]."""
        return SKILLED_QUALITY if skilled else RESIDENT_QUALITY


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
        return Kinds.shared[self.kind]

    @property
    def awaits_work(self) -> bool:
        """Reported, with hours still due: what members, workers and firms work on."""
        return self.need > 0 and self.status == REPORTED

    @property
    def minutes(self) -> int:
        """Minutes worked on the present attempt."""
        return self.resident_minutes + self.organised_minutes

    def work_on(self, pool: int, percent: int, quality: int) -> int:
        """Work on it with a pool of minutes; returns those spent. percent: usefulness; quality: permille."""
        spent: int = minutes_spent(pool, self.need, percent)
        self.need -= work_done(self.need, spent, percent)
        self.quality_minutes += spent * quality
        return spent

    def remember(self, resident: "Resident") -> None:
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
