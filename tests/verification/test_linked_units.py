"""Linked units: service days to the minute by hand, and rooms where they come to what a council comes to."""

from dataclasses import replace

import numpy as np
import pytest

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.rules.resolution import REPORTED
from linli.model import scenario as scenarios
from linli.model.city import City
from linli.model.community import Community
from linli.model.matters import CHILDREN, DISPUTE, GREENING, PARKING
from linli.model.measures.record import COLUMNS
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(burn_in=0, days=100)
QUIET = {"theta_mean": -1000.0, "theta_v": -1000.0, "arrivals": 0.0, "peer_ask": 0.0, "moves": 0.0}
ONE_COMPOUND = replace(
    LANE.place, planned_compounds=0, mixed_compounds=1, grids=1, firms=0, managed_compounds=0, units=3
)


def quiet(**given: float) -> scenarios.Scenario:
    """Nothing arises and nobody acts of his or her own."""
    return LANE.but(parameters=beyond_range(**{**mechanisms_off(), **QUIET, **given}))


def summed(world: City | Community, name: str) -> int:
    """A column of the records over all days."""
    rows = world.rows if isinstance(world, City) else np.array(world.records)
    return int(rows[:, COLUMNS.index(name)].sum())


@pytest.mark.parametrize("engine", [City, Community])
@pytest.mark.parametrize("keep", [0.0, 0.6, 1.0])
def test_so_many_service_days_by_hand(engine: type, keep: float) -> None:
    """Of six units two are linked and two more are. Each that keeps its word comes on day `u` of 90, and the
    ten first days of the next quarter: nothing is open, so all of it is general service."""
    drawn = [draws(LANE.seed, key(0, n), 0, decision.UNIT, 0) for n in range(4)]
    days = [int(u_day * 90) for _, u_day, will, _ in drawn if will < keep]
    expected = sum(1 + (day < 10) for day in days)
    world = engine(quiet(unit_day=30.5), policies=f"units:keep={keep}").run()
    assert summed(world, "unit_days") == expected
    assert summed(world, "unit_service_minutes") == 1830 * expected
    assert summed(world, "unit_matter_minutes") == 0
    assert summed(world, "units_linked") == 4 * LANE.days
    assert summed(world, "units_serving") == len(days) * LANE.days
    assert (keep > 0.0) == (expected > 0)


def on_its_day(hours: float) -> Community:
    """A community on a morning, everything quiet; its units give so many hours on a service day."""
    world = Community(quiet(unit_day=hours), policies="units:share=1")
    world.step()
    for unit in world.units:
        unit.service_day = world.day
    return world


def matter(world: Community, where: int, kind: int, hours: int) -> Matter:
    """A reported matter of a compound."""
    place, work = world.compounds[where], 6000 * hours
    one = Matter(place, place.buildings[0], kind, place.arisen, place.adults[0], 0, work, work)
    place.arisen += 1
    world.open_matter(one)
    one.status, one.reported = REPORTED, 0
    world.new_matters.clear()
    return one


def test_units_do_what_they_can_where_they_are_paired_by_hand() -> None:
    """Ten hours of each, worth .8: three hours of greening take the enterprise 225 minutes and two of a
    dispute the authority 150; both have parking next, the school children alone. Elsewhere nobody comes."""
    world = on_its_day(10.0)
    trades = [unit.trade for unit in world.units[:3]]
    assert trades == [0, 1, 2]
    for unit in world.units[:3]:
        unit.compound = 0
    greening, dispute, parking, children = (
        matter(world, 0, kind, hours)
        for kind, hours in ((GREENING, 3), (DISPUTE, 2), (PARKING, 40), (CHILDREN, 40))
    )
    elsewhere = matter(world, 1, PARKING, 40)
    before = [building.service for building in world.compounds[0].buildings]
    for unit in world.units[:3]:
        unit.works(world.day)
    assert (greening.organised_minutes, greening.need) == (225, 0)
    assert children.organised_minutes == 600
    assert (dispute.organised_minutes, dispute.need) == (150, 0)
    assert parking.organised_minutes == (600 - 225) + (600 - 150)
    assert elsewhere.organised_minutes == 0
    served = [b.service - was for b, was in zip(world.compounds[0].buildings, before, strict=True)]
    assert sum(served) == 0


def test_what_is_left_is_shared_out_among_the_buildings_by_hand() -> None:
    """An hour and a minute over four buildings."""
    world = on_its_day(61 / 60)
    school = world.units[1]
    where = world.compounds[school.compound]
    matter(world, school.compound, DISPUTE, 5)
    before = [building.service for building in where.buildings]
    school.works(world.day)
    served = [b.service - was for b, was in zip(where.buildings, before, strict=True)]
    n = len(served)
    assert sum(served) == 61
    assert served == [61 // n + (k < 61 % n) for k in range(n)]


LIVELY = {
    **mechanisms_off(),
    "lambda0": 0.2,
    "theta_mean": -4.0,
    "xi": 0.0,
    "bond": 0.3,
    "R": 3,
    "weekend": 1.4,
}


@pytest.mark.parametrize("engine", [City, Community])
@pytest.mark.parametrize(("reach", "council", "alike"), [(0.4, 0.0, 0.4), (0.5, 0.5, 0.75), (0.7, 1.0, 1.0)])
def test_rooms_everywhere_are_a_council_by_another_name(
    engine: type, reach: float, council: float, alike: float
) -> None:
    """One compound, where a unit opens its room and sends nobody: everybody acts on the days and for the
    minutes for which a council of that power would bring them together, and becomes acquainted as there."""
    lane = LANE.but(place=ONE_COMPOUND, days=60, parameters=beyond_range(**LIVELY))
    with_rooms = engine(
        lane, policies=f"council:power={council}; units", room_reach=reach, unit_day=0.0
    ).run()
    without = engine(lane, policies=f"council:power={alike}").run()
    for name in ("occasions", "acts_spontaneous", "acts_asked", "meetings", "meeting_minutes", "made_ties"):
        assert summed(with_rooms, name) == summed(without, name) > 0, name
    for name, column in with_rooms.columns("resident").items():
        assert np.array_equal(column, without.columns("resident")[name]), name
