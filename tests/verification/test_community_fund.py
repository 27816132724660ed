"""A community fund where what it does is known: its books, its choice by hand, and what works prevent."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.matters import FOR_MONEY, GREENING, KINDS, PARKING, REPAIR
from linli.model.measures.record import COLUMNS
from linli.model.parameters import beyond_range, mechanisms_off
from linli.model.policies import levers_on, policies_from

LANE = scenarios.load("lane").but(burn_in=0)
STILL = {"theta_mean": -1000.0, "moves": 0.0, "discover": 0.0}


class Arising(Community):
    """Counts what arises, by compound and kind."""

    def __init__(self, works: float) -> None:
        chosen = beyond_range(**{**mechanisms_off(), **STILL, "arrivals": 10.0, "works_most": 1.0})
        super().__init__(LANE.but(days=300, parameters=chosen))
        self.arisen = np.zeros((len(self.compounds), len(KINDS)), dtype=int)
        self.largest = max(self.compounds, key=lambda compound: len(compound.residents)).number
        self.compounds[self.largest].works[PARKING] = works

    def open_matter(self, matter) -> None:
        self.arisen[matter.compound.number, matter.kind] += 1
        super().open_matter(matter)


def test_works_prevent_a_share_of_their_kind_where_they_are_and_nothing_else() -> None:
    """With works = ln 2 that never fade, and works_most = 1, half of it arises; all else is the same."""
    usual, worked = Arising(0.0), Arising(log(2.0))
    for world in (usual, worked):
        world.parameters = replace(world.parameters, delta_works=0.0)
        world.run()
    n, left = usual.arisen[usual.largest, PARKING], worked.arisen[usual.largest, PARKING]
    assert n > 150
    assert abs(left - n / 2) <= 4 * (n / 4) ** 0.5
    assert sum(row[COLUMNS.index("prevented_by_works")] for row in worked.records) == n - left
    usual.arisen[usual.largest, PARKING] = worked.arisen[usual.largest, PARKING] = 0
    assert np.array_equal(usual.arisen, worked.arisen)


def test_works_fade_at_their_rate() -> None:
    """Works fade month by month, by (1 - delta_works)^30."""
    world = Arising(1.0)
    world.parameters = replace(world.parameters, delta_works=0.01)
    world.run_to(90)
    assert world.compounds[world.largest].works[PARKING] == pytest.approx(0.99**90)


# the choice -------------------------------------------------------------------------------------------------


def at_month_end(policies: str, money: float) -> Community:
    """A community on its first month's last day, in which nobody acted, with money [yuan] in the fund."""
    chosen = beyond_range(
        **{**mechanisms_off(), **STILL, "arrivals": 6.0, "theta_v": 1.0, "needs_money": 1.0}
    )
    world = Community(LANE.but(parameters=chosen), policies=policies).run_to(29)
    world.begin_day()
    world.levers = levers_on(29, policies_from(policies), 0, world.parameters, world.place)
    world.fund.balance = int(100 * money)
    return world


def weighed(world: Community, reported: bool) -> int:
    """The kind that most speaks for, by hand: days on the record, or pairs of eyes."""
    weights = [0] * len(KINDS)
    for matter in world.queue:
        if reported and matter.status == 1:
            weights[matter.kind] += 30 - matter.reported
        if not reported:
            weights[matter.kind] += len((matter.compound if matter.is_shared else matter.building).adults)
    return int(np.argmax(np.where(FOR_MONEY, weights, 0)))


@pytest.mark.parametrize("democratic", [0, 1])
def test_the_choice_by_hand(democratic: int) -> None:
    """Residents go by what they see, a committee by what shows; then every compound with an open matter."""
    world = at_month_end(f"fund:yuan=0,democratic={democratic}", 60_000.0)
    kind = weighed(world, reported=not democratic)
    lacking = [m for m in world.queue if m.kind == kind and m.status == 1 and m.need and world.needs(m)[0]]
    open_ = [
        sum(m.kind == kind and (m.status == 1 or democratic) for m in compound.matters)
        for compound in world.compounds
    ]
    before = [resident.trust for resident in world.adults]
    world.fund.acts()
    assert [m for m in world.queue if m.funded] == lacking
    built = [compound.works[kind] for compound in world.compounds]
    assert sum(open_) > 0
    assert built == [float(many > 0) for many in open_]
    spent = 500 * len(lacking) + 5000 * sum(built)
    assert world.today.fund_spent_fen == 100 * spent
    assert world.today.fund_meeting_minutes == democratic * 4 * 90
    for resident, trust in zip(world.adults, before, strict=True):
        seen = [m.kind for m in resident.home_compound.matters]
        pleased = democratic and kind in seen and seen.count(kind) == max(map(seen.count, seen))
        assert resident.trust == pytest.approx(trust + 0.05 * (1 - trust) if pleased else trust)


def test_little_money_goes_to_the_oldest_and_to_the_greatest_need() -> None:
    world = at_month_end("fund:yuan=0,democratic=0", 999.0)
    kind = weighed(world, reported=True)
    lacking = [m for m in world.queue if m.kind == kind and m.status == 1 and m.need and world.needs(m)[0]]
    world.fund.acts()
    assert len(lacking) > 1
    assert [m for m in world.queue if m.funded] == lacking[:1]
    assert world.fund.balance == 49_900
    assert world.today.small_works == 0


def test_a_council_that_decides_has_its_power_in_the_choice() -> None:
    """A committee's fund under a council that decides is spent as residents choose."""
    decided = at_month_end("council:decides=1; fund:yuan=0,democratic=0", 60_000.0)
    residents = at_month_end("fund:yuan=0,democratic=1", 60_000.0)
    for world in (decided, residents):
        world.fund.acts()
    assert [c.works for c in decided.compounds] == [c.works for c in residents.compounds]
    assert decided.today.fund_meeting_minutes == residents.today.fund_meeting_minutes


def test_where_nothing_is_open_nothing_is_spent() -> None:
    world = at_month_end("fund:yuan=0", 60_000.0)
    for matter in list(world.queue):
        if matter.kind in (PARKING, REPAIR, GREENING) or FOR_MONEY[matter.kind]:
            world.end_matter(matter, 4)
    world.fund.acts()
    assert world.today.fund_spent_fen == world.today.fund_meeting_minutes == 0
    assert world.fund.balance == 6_000_000
