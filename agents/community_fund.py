"""A community's fund: money comes in every day, and once a month it is spent on a kind of matter."""

from typing import Any

from linli.agents.actor import Actor
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.fund import (
    calls_for_works,
    days_shown,
    fen,
    may_spend,
    meeting_minutes,
    paid_in,
    score,
    weight_of_residents,
)
from linli.agents.rules.resolution import REPORTED
from linli.agents.rules.volunteering import MONTH, is_month_end


class CommunityFund(Actor):
    """The fund of a community. balance: what is in it [fen]; kinds: those that money can help with."""

    def __init__(self, model: Any, kinds: list[int]) -> None:
        super().__init__(model)
        self.kinds = kinds
        self.balance = 0

    def acts(self) -> None:
        """A day: money comes in. At the end of a month works fade, and what is there is spent."""
        model, levers = self.model, self.model.levers
        paid = paid_in(levers.fund, len(model.residents))
        self.balance += paid
        model.today.fund_paid_fen += paid
        if is_month_end(model.day):
            left = left_after(model.parameters.delta_works, MONTH)
            for compound in model.compounds:
                compound.works = [works * left for works in compound.works]
            self._is_spent(weight_of_residents(levers.democratic, levers.council, levers.decides))

    def _is_spent(self, weight: float) -> None:
        """A kind is chosen, matters of it get what they lack, and small works take the rest. weight: of the
        residents' choice."""
        model, before = self.model, self.balance
        levers = model.levers
        where = [
            c for c in model.compounds
            if may_spend(levers.account, c.committee is not None, levers.committee_account)
        ]  # fmt: skip
        if before == 0 or not where:
            return
        kind = self._chosen(weight)
        if kind is None:
            return
        hours = model.parameters.council_meeting
        model.today.fund_meeting_minutes += meeting_minutes(weight, len(model.compounds), hours)
        self._pays_for_matters(kind, where)
        self._pays_for_works(kind, where, weight)
        model.today.fund_spent_fen += before - self.balance
        if self.balance < before:
            for compound in where:
                if self._needs_most(compound, kind):
                    for resident in compound.adults:
                        resident.chose_what_is_needed(weight)

    def _seen(self, matter: Any) -> bool:
        """Whether neighbours see a matter."""
        return bool(matter.is_in_sight(self.model.parameters.sees_dead))

    def _chosen(self, weight: float) -> int | None:
        """The kind for which most speaks, the first among equals; None where nothing does."""
        seen, shown = dict.fromkeys(self.kinds, 0), dict.fromkeys(self.kinds, 0)
        for matter in self.model.queue:
            if matter.kind in seen:
                if self._seen(matter):
                    who = matter.compound.adults if matter.is_shared else matter.building.adults
                    seen[matter.kind] += len(who)
                if matter.status == REPORTED:
                    shown[matter.kind] += days_shown(self.model.day, matter.reported)
        all_seen, all_shown = sum(seen.values()), sum(shown.values())
        scores = [score(weight, seen[k], all_seen, shown[k], all_shown) for k in self.kinds]
        best = max(scores)
        return self.kinds[scores.index(best)] if best > 0.0 else None

    def _pays_for_matters(self, kind: int, where: list[Any]) -> None:
        """What reported matters need in money, the oldest first."""
        model, price = self.model, fen(self.model.parameters.fund_matter)
        for matter in model.queue:
            if self.balance < price:
                break
            waits = matter.kind == kind and matter.awaits_work and not matter.funded
            if waits and matter.compound in where and model.needs(matter)[0]:
                matter.funded = 1
                self.balance -= price
                model.today.matters_funded += 1

    def _pays_for_works(self, kind: int, where: list[Any], weight: float) -> None:
        """A small work in each compound, those first for which most speaks, as far as money goes."""
        price, calls = fen(self.model.parameters.small_work), {}
        for compound in where:
            open_ = [m for m in compound.matters if m.kind == kind and self._seen(m)]
            reported = sum(m.status == REPORTED for m in open_)
            calls[compound] = calls_for_works(weight, reported, len(open_) - reported)
        for compound in sorted(where, key=lambda c: (-calls[c], c.number)):
            if self.balance < price or calls[compound] <= 0.0:
                break
            compound.works[kind] += 1.0
            self.balance -= price
            self.model.today.small_works += 1

    def _needs_most(self, compound: Any, kind: int) -> bool:
        """Whether of no kind more matters are in sight in a compound."""
        seen = [matter.kind for matter in compound.matters if self._seen(matter)]
        return kind in seen and all(seen.count(other) <= seen.count(kind) for other in set(seen))
