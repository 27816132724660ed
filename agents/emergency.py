"""An emergency in a community: rounds to every door, those who turn out, and whether it was in time."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draw, key
from linli.agents.resident import Resident
from linli.agents.rules.emergency import (
    NO_ROUND,
    NOT_TODAY,
    coordination_minutes,
    doors_a_day,
    is_finished,
    is_reached,
    is_round_done,
    is_under_way,
    kept_its_word,
    members_who_come,
    most_coordinated,
    round_of_today,
    staff_of,
    who_visits,
)
from linli.agents.rules.matching import MATCHED, REGISTERED
from linli.agents.rules.work_time import minutes


class Emergency(Actor):
    """What a community knows of the emergency it is in.

    rounds_begun: so many (0: ordinary times), one more than there are when all are done; began, round_began:
    days; waiting: households not yet reached in the round; door: the household where tomorrow begins;
    reached: for each household the day after it was reached last (0: never).
    """

    def __init__(self, model: Any, households: int) -> None:
        super().__init__(model)
        self.reached = [0] * households
        self.ends()

    def ends(self) -> None:
        """Ordinary times."""
        self.rounds_begun, self.began, self.round_began = NO_ROUND, 0, 0
        self.waiting = self.door = 0

    @property
    def is_under_way(self) -> bool:
        """Whether ordinary matters wait today."""
        return bool(is_under_way(self.rounds_begun, self.model.levers.rounds))

    @property
    def is_finished(self) -> bool:
        """Whether every round is done."""
        return bool(is_finished(self.rounds_begun, self.model.levers.rounds, self.is_round_done))

    @property
    def is_round_done(self) -> bool:
        """Whether enough households were reached in this round."""
        return bool(is_round_done(self.waiting, len(self.reached), self.model.levers.complete))

    def begins_round(self, day: int) -> bool:
        """In the morning: the emergency begins or is over, or its next round begins. True if one begins."""
        before = self.rounds_begun
        self.rounds_begun = round_of_today(before, self.model.levers.rounds, self.is_round_done)
        if self.rounds_begun == NO_ROUND:
            self.ends()
            return False
        if before == NO_ROUND:
            self.began = day
        if self.rounds_begun == before or not self.is_under_way:
            return False
        self.round_began, self.waiting = day, len(self.reached)
        return True

    def has(self, resident: Resident) -> bool:
        """Whether a resident turned out for this round."""
        return bool(is_reached(resident.turned_out, self.round_began))

    def visits(self, day: int) -> None:
        """Whoever turned out is sent to doors, as far as somebody coordinates; then it may be decided whether
        it was in time."""
        self._try_doors(day, self._send_visitors())
        outcome = kept_its_word(day, self.began, self.model.levers.emergency_days, self.is_finished)
        if outcome != NOT_TODAY:
            for resident in self.model.adults:
                resident.sees_emergency_end(float(outcome))

    def _send_visitors(self) -> int:
        """Staff of property firms first, then members, then residents, in the order of their numbers, and no
        more than doors can be tried; workers take doors with what coordinating leaves. Returns the tries that
        they make."""
        model, p, today = self.model, self.model.parameters, self.model.today
        each, a_day = doors_a_day(p.visit_hours, p.c_door), minutes(p.visit_hours)
        serving = sum(member.status == MATCHED for member in model.members)
        idle = sum(member.status == REGISTERED for member in model.members)
        members = members_who_come(serving, idle, p.idle_come)
        out = [resident for resident in model.adults if self.has(resident)]
        most, tries = most_coordinated(p.span, len(model.workers)), self.waiting * p.door_tries
        staff, wanted, sent = who_visits(tries, each, self._staff(p.staff), members, len(out), most)
        members = min(sent, members)
        for resident in out[: sent - members]:
            resident.gives_time(a_day)
        pool = model.emergency_minutes
        today.emergency_worker_minutes += pool
        today.emergency_staff_minutes += staff * a_day
        today.emergency_member_minutes += members * a_day
        today.emergency_resident_minutes += (sent - members) * a_day
        today.visitors += staff + sent
        today.visitors_idle += wanted - sent
        own = pool - coordination_minutes(pool, sent, most)
        return int((staff + sent) * each + own // minutes(p.c_door))

    def _staff(self, staff: float) -> int:
        """Who turns out of property firms. staff: [per 1000 residents]."""
        return sum(
            staff_of(len(compound.residents), staff, compound.firm.effort)
            for compound in self.model.compounds
            if compound.firm is not None
        )

    def _try_doors(self, day: int, tries: int) -> None:
        """Doors of households not yet reached, one after the other from where yesterday ended; those that
        stay closed are tried again when all others have been, so often as a day allows."""
        model, p, first = self.model, self.model.parameters, self.door
        for k in range(p.door_tries):
            for n in range(len(self.reached)):
                household = (first + n) % len(self.reached)
                if is_reached(self.reached[household], self.round_began):
                    continue
                if tries == 0:
                    self.door = household
                    return
                tries -= 1
                model.today.doors_tried += 1
                u = draw(model.seed, key(model.number, household), day, decision.DOOR, k)
                if u < p.r_door:
                    self.reached[household] = day + 1
                    self.waiting -= 1
                    model.today.doors_opened += 1
                    if self.rounds_begun == 1:
                        model.today.doors_opened_first += 1
                    elif self.rounds_begun == 2:
                        model.today.doors_opened_second += 1
