"""A social organisation: sells hours to the community, asks and leads, and has some initiative of its own."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draws, pick
from linli.agents.resident import Resident
from linli.agents.rules.asking import CONCERNED, ORGANISATION, stamp
from linli.agents.rules.social_organisation import (
    capacity_after,
    capacity_founded,
    carried_over,
    for_asking,
    initiative_after,
    left_of_bought,
    share_of_field,
    unpaid_minutes,
)
from linli.agents.traits import BY_ORGANISATION, SPECIALITIES


class SocialOrganisation(Actor):
    """An organisation. The names of the attributes are those of `agents.traits.ORGANISATION`."""

    def __init__(self, model: Any, number: int, key: int) -> None:
        super().__init__(model)
        self.number = number
        self.key = key
        self.speciality = number % len(SPECIALITIES)
        self.initiative = 0.0
        self.capacity = self.sold = self.bank = self.own = self.ask_bank = 0
        self.led = self.by_others = self.in_field = 0

    @property
    def exists(self) -> bool:
        """Whether it can sell anything."""
        return self.capacity > 0

    @property
    def actor(self) -> int:
        """Whose minutes its are, see `model.matters.USEFULNESS`."""
        return BY_ORGANISATION + self.speciality

    # once a week -----------------------------------------------------------------------------------------

    def week_ends(self) -> None:
        """Bought time that is left was for nothing; capacity follows sales, initiative what was done."""
        model, p = self.model, self.model.parameters
        kept = carried_over(self.ask_bank, model.visit_minutes)
        model.today.idle_minutes += self.bank + self.ask_bank - kept
        self.capacity = capacity_after(self.capacity, self.sold, p.eta_k)
        by_others = share_of_field(self.by_others, self.in_field)
        self.initiative = initiative_after(self.initiative, by_others, self.led, p.eta_i)
        self.ask_bank = kept
        if not self.exists:
            self.initiative, self.ask_bank = 0.0, 0
        self.sold = self.bank = self.led = self.by_others = self.in_field = 0
        self.own = unpaid_minutes(self.initiative, p.own_hours)

    def is_founded(self) -> None:
        """Somebody wants to buy of it."""
        p = self.model.parameters
        self.capacity, self.initiative = capacity_founded(p.org_hours), p.initiative0
        self.own = unpaid_minutes(self.initiative, p.own_hours)

    def sells(self, most: int) -> int:
        """Sell what it can of so many minutes; returns those that it sold."""
        self.sold = min(self.capacity, most)
        asking = for_asking(self.sold, self.model.levers.mobilise)
        self.bank = self.sold - asking
        self.ask_bank += asking
        return self.sold

    # every day -------------------------------------------------------------------------------------------

    def asks(self, day: int) -> None:
        """One visit for each reported matter of its kinds, oldest first: to somebody whom it concerns."""
        model, cost = self.model, self.model.visit_minutes
        visit = 0
        for matter in model.queue:
            if self.ask_bank < cost:
                break
            if not (model.works_on(self.actor, matter.kind) and matter.awaits_work):
                continue
            self.ask_bank -= cost
            u_who, u_finds, _, _ = draws(model.seed, self.key, day, decision.ORGANISATION_ASKS, visit)
            visit += 1
            home = matter.compound if matter.is_shared else matter.building
            resident = home.adults[pick(u_who, len(home.adults))]
            self.comes_to(resident, day)
            model.today.organisation_asks += 1
            model.today.organisation_ask_minutes += cost
            model.come_upon(resident.home_building, u_finds)

    def comes_to(self, resident: Resident, day: int) -> None:
        """Of several organisations that ask one resident, the first by number leads what comes of it."""
        before, mine = resident.heard, stamp(day, CONCERNED, ORGANISATION)
        resident.hear(CONCERNED, day, ORGANISATION)
        if before < mine or (before == mine and self.number < resident.leader.number):
            resident.leader = self

    def leads(self) -> None:
        """A resident whom it asked acts."""
        self.led += 1
        self.model.today.acts_led += 1

    def works(self) -> None:
        """Its time of the week meets the community's reported matters of its kinds, oldest first."""
        model = self.model
        pool, before = self.own + self.bank, model.fields.organised[self.speciality]
        left = model.work_down(model.queue, pool, self.actor)
        self.bank = left_of_bought(self.bank, left)
        self.own = left - self.bank
        self.by_others -= model.fields.organised[self.speciality] - before
        model.today.organisation_minutes += pool - left

    def looks_around(self) -> None:
        """What was done in its field today, in the evening; its own work is not that of others."""
        fields = self.model.fields
        self.by_others += fields.organised[self.speciality]
        self.in_field += fields.all[self.speciality]
