"""Patterns that the default world shows, each in three seeds and with its number: Donghu's second year.

What made ties leave behind, and asking hubs, stand in `test_ties_pattern.py`; efficacy and acts in
`test_efficacy_pattern.py`.
"""

import dataclasses
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from linli.agents.traits import CHILD, MIDDLE, NEVER, OWNER, TENANT, YOUNG
from linli.model.city import City
from linli.model.matters import SHARED
from linli.model.measures.record import COLUMNS
from linli.model.measures.spans import YEAR
from linli.model.scenario import load

SEEDS = (1, 2, 3)
WEEK = 7
DONGHU = load("donghu")


class Year(NamedTuple):
    """acts: of each adult; weekdays: acts of those under 60, by day of the week."""

    acts: NDArray[np.int64]
    weekdays: NDArray[np.float64]


@cache
def second_year(seed: int) -> Year:
    """Who acted on which day."""
    city = City(DONGHU.but(seed=seed), days_per_pass=1).run_to(YEAR)
    age = city.columns()["age"]
    working = np.isin(age, (YOUNG, MIDDLE))
    acts, weekdays = np.zeros(len(age), dtype=np.int64), np.zeros(WEEK)
    for day in range(YEAR, 2 * YEAR):
        acted = city.run_to(day + 1).world.last_acted == day
        acts += acted
        weekdays[day % WEEK] += (acted & working).sum()
    return Year(acts[age != CHILD], weekdays)


@cache
def measures(seed: int, policy: str = "", **changed: float) -> dict[str, float]:
    return City(DONGHU.but(seed=seed, parameters=changed), policies=policy).run().measures()


@pytest.mark.parametrize(("seed", "core"), [(1, 65), (2, 51), (3, 65)])
def test_a_core_acts_weekly(seed: int, core: int) -> None:
    """So many adults acted 52 times in the year or more; half of all who acted did so at most five times."""
    acts = second_year(seed).acts
    assert int((acts >= 52).sum()) == core
    assert np.median(acts[acts > 0]) == 5


@pytest.mark.parametrize(("seed", "times"), [(1, 1.47), (2, 1.44), (3, 1.45)])
def test_those_who_work_act_more_on_weekends(seed: int, times: float) -> None:
    weekdays = second_year(seed).weekdays
    assert weekdays[5:].mean() / weekdays[:5].mean() == pytest.approx(times, abs=0.005)


@pytest.mark.parametrize(
    ("seed", "of_own_accord", "by_drives"), [(1, 0.085, 0.564), (2, 0.083, 0.543), (3, 0.092, 0.567)]
)
def test_registered_but_never_active_in_the_share_that_the_place_implies(
    seed: int, of_own_accord: float, by_drives: float
) -> None:
    """After a year, of those on the register from the beginning: with none and with .8 of it from drives."""
    for share, expected in ((0.0, of_own_accord), (0.8, by_drives)):
        place = dataclasses.replace(DONGHU.place, from_drives=share)
        w = City(DONGHU.but(seed=seed, place=place, burn_in=0)).run_to(YEAR).world
        registered = (w.registered <= 0) & (w.registered > NEVER)
        assert (w.last_acted < 0)[registered].mean() == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(("seed", "missed"), [(1, 0.276), (2, 0.246), (3, 0.249)])
def test_some_offers_stay_unanswered(seed: int, missed: float) -> None:
    assert measures(seed)["calls_missed"] == pytest.approx(missed, abs=0.0005)


@pytest.mark.parametrize(
    ("seed", "usual", "relieved"), [(1, 0.330, 0.310), (2, 0.336, 0.314), (3, 0.329, 0.307)]
)
def test_firms_pay_for_being_replaced(seed: int, usual: float, relieved: float) -> None:
    """Where relieved workers do what firms did, effort falls; with `b3` = 0 it stays at one half."""
    assert measures(seed)["property_effort"] == pytest.approx(usual, abs=0.0005)
    assert measures(seed, "relieve:share=1")["property_effort"] == pytest.approx(relieved, abs=0.0005)
    assert measures(seed, "relieve:share=1", b3=0.0)["property_effort"] == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize(
    ("seed", "owners", "tenants"), [(1, 0.249, 0.174), (2, 0.229, 0.189), (3, 0.231, 0.163)]
)
def test_owners_report_more(seed: int, owners: float, tenants: float) -> None:
    """Of the matters of one household alone that are open on the evening of their day, by tenure."""
    city = City(DONGHU.but(seed=seed, burn_in=0, days=2 * YEAR), days_per_pass=1)
    w, tenure = city.world, city.columns()["tenure"]
    reported: tuple[list[bool], list[bool]] = ([], [])
    for day in range(2 * YEAR):
        city.run_to(day + 1)
        new = w.matters[w.order[: int(w.com["open"][0])]]
        for matter in new[(new["arose"] == day) & ~SHARED[new["kind"]]]:
            reported[tenure[matter["affected"]]].append(matter["reported"] == day)
    assert np.mean(reported[OWNER]) == pytest.approx(owners, abs=0.0005)
    assert np.mean(reported[TENANT]) == pytest.approx(tenants, abs=0.0005)
    assert owners > tenants + 0.015


@pytest.mark.parametrize("seed", SEEDS)
def test_an_emergency_opens_more_doors_a_person_and_day_than_claimed_and_inside_the_band(seed: int) -> None:
    """Held back for validation: 380,000 people at 8.75 million doors three times in eleven days are 6.28."""
    chengdu = load("chengdu-2020")
    sixty = dataclasses.replace(chengdu.place, sampled=60)
    rows = City(chengdu.but(place=sixty, burn_in=60, seed=seed)).run().rows
    opened, sent = (rows[:, COLUMNS.index(name)].sum() for name in ("doors_opened", "visitors"))
    assert opened / sent == pytest.approx(12.5, abs=0.5)  # the ODD says 12 to 13
    assert 6.28 < opened / sent < 15.0
