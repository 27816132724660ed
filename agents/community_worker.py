"""A community worker: eight hours on working days, most of them administration."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draw, draws, pick
from linli.agents.resident import Resident
from linli.agents.rules.asking import DORMANT_DAYS, KNOWN, STRANGER, TRIES, VISIT
from linli.agents.rules.volunteering import agrees
from linli.agents.traits import NEVER
from linli.agents.volunteer import Volunteer


class CommunityWorker(Actor):
    """A worker of a grid. ask_bank: visiting minutes not yet used (under a visit, or left from matters)."""

    def __init__(self, model: Any, number: int, key: int, grid: int) -> None:
        super().__init__(model)
        self.number = number
        self.key = key
        self.grid = grid
        self.ask_bank = 0

    def calls(self, volunteer: Volunteer, day: int) -> None:
        """Call a volunteer from the list, if there is time; who offered and is not reached notices."""
        if self.ask_bank >= self.model.call_minutes:
            self.ask_bank -= self.model.call_minutes
            self.model.today.calls += 1
            volunteer.is_called(day)
        else:
            self.model.today.unanswered += 1
            volunteer.resident.stays_unanswered()

    def visits(self, day: int) -> None:
        """Ask residents at their doors, as many as there is time for."""
        visit = 0
        while self.ask_bank >= self.model.visit_minutes:
            self.ask_bank -= self.model.visit_minutes
            self._visit(day, visit)
            visit += 1

    def _visit(self, day: int, visit: int) -> None:
        people, kin = self.model.people_to_ask(self.grid)
        self.model.today.visits += 1
        u_who, u_finds = self._luck(day, visit * TRIES)
        resident = people[pick(u_who, len(people))]
        if self.model.asks_dormant:
            tries = 1
            while tries < TRIES and day - resident.last_acted < DORMANT_DAYS:
                resident = people[pick(self._luck(day, visit * TRIES + tries)[0], len(people))]
                tries += 1
        if self.model.on_drive:
            self._registers(resident, day, visit)
        else:
            resident.hear(KNOWN if kin else STRANGER, day, VISIT)
        self.model.come_upon(resident.home_building, u_finds)

    def _registers(self, resident: Resident, day: int, visit: int) -> None:
        """A drive: whoever agrees is put on the register, and asked for nothing."""
        self.model.today.drive_visits += 1
        u = draw(self.model.seed, self.key, day, decision.AGREES, visit)
        if resident.registered == NEVER and agrees(self.model.parameters.rho_d, u):
            Volunteer(self.model, resident, day)

    def _luck(self, day: int, k: int) -> tuple[float, float]:
        """Which door, and whether the visit comes upon something there."""
        u_who, u_finds, _, _ = draws(self.model.seed, self.key, day, decision.WORKER_ASKS, k)
        return u_who, u_finds
