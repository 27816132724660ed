"""Who has an occasion today: candidate days of the diary become real, or not, by the need in sight."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import loop
from linli.agents.resident import Resident
from linli.agents.rules.linked_unit import council_with_room
from linli.agents.rules.occasion import (
    factor_of_day,
    is_of_working_age,
    occasion_kind,
    occasion_rate,
)
from linli.agents.traits import OLD
from linli.model.objects.diary import Diary
from linli.model.objects.places import Building, Compound
from linli.model.parameters import Parameters


class Occasions:
    """The occasions of a community, worked out for everybody at once: need is in sight for whole buildings.

    residents: all of them, by number; diary: their candidate days; highest: rate with which these were drawn
    [1/day].
    """

    def __init__(
        self,
        residents: Sequence[Resident],
        buildings: Sequence[Building],
        diary: Diary,
        highest: float,
        p: Parameters,
    ) -> None:
        self._residents, self._buildings, self._diary, self._p = residents, buildings, diary, p
        self._home = np.array([resident.building for resident in residents], dtype=np.int32)
        self._works = np.array([is_of_working_age(age) for age in range(OLD + 1)], dtype=np.int8)
        self._highest = highest
        self._rates: NDArray[np.float64] = np.zeros((2, len(buildings), 3))
        self._day = -1

    def rates_of(self, resident: Resident) -> NDArray[np.float64]:
        """Today's rate of occasions of a resident, what it would be without rooms, and without the council
        too [1/day]."""
        model = resident.model
        rates = self._today(model.day, model.levers.council)
        found: NDArray[np.float64] = rates[self._works[resident.age], self._home[resident.number]]
        return found

    def kinds(self, day: int, council: float) -> NDArray[np.int64]:
        """What the candidate occasions of those who are due turn out to be: see `occasion_kind`.

        council: its power today.
        """
        who = self._diary.due(day)
        ages = np.fromiter((self._residents[number].age for number in who.tolist()), np.int8, len(who))
        rates = self._today(day, council)
        return _kinds(self._home[who], self._works[ages], rates, self._highest, self._diary.luck(day))

    def reach_of_room(self, compound: Compound) -> float:
        """What an open room adds to the council in a compound, 0 where there is none."""
        return self._p.room_reach if compound.room else 0.0

    def _today(self, day: int, council: float) -> NDArray[np.float64]:
        """Rates by whether of working age, by building, as in `rates_of` [1/day]."""
        if self._day != day:
            p = self._p
            sight = np.array([building.matters_in_sight for building in self._buildings], dtype=np.int64)
            factors = np.array([factor_of_day(day, works, p.weekend) for works in (False, True)])
            reach = np.array([self.reach_of_room(house.compound) for house in self._buildings])
            _rate(sight, reach, p.lambda0, p.council_occasions, council, p.mu, p.n_bar, factors, self._rates)
            self._day = day
        return self._rates


@loop
def _rate(sight, reach, lambda0, council_occasions, council, mu, n_bar, factors, rates):
    for works in range(len(factors)):
        for house in range(len(sight)):
            seen, factor = sight[house], factors[works]
            for at, power in enumerate((council_with_room(council, reach[house]), council, 0.0)):
                rates[works, house, at] = occasion_rate(
                    lambda0, council_occasions, power, mu, seen, n_bar, factor
                )


@loop
def _kinds(home, works, rates, highest, luck):
    kinds = np.empty(len(home), dtype=np.int64)
    for n in range(len(home)):
        of = rates[works[n], home[n]]
        kinds[n] = occasion_kind(of[0], of[2], highest, luck[n, 0])
    return kinds
