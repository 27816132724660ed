"""Thirty years, great numbers, and the memory of the machine: nothing overflows, drifts or grows."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

import linli
from linli.model.city import City
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.measures.record import COLUMNS
from linli.model.measures.spans import YEAR
from linli.model.scenario import load

ENDED = ("resolved", "resolved_unreported", "closed_on_paper", "lapsed", "lapsed_unreported")
STACK = "match; relieve:share=.5; council; property; platform"


def total(city, name):
    return int(city.rows[:, COLUMNS.index(name)].sum())


def keeps_its_books(city):
    """Matters, members, hours and states of every community: nothing lost, nothing out of range."""
    w, last = city.world, dict(zip(COLUMNS, city.rows[-1].tolist(), strict=True))
    assert (city.rows >= 0).all()
    assert (
        total(city, "arisen")
        == sum(total(city, n) for n in ENDED) + last["open_latent"] + last["open_reported"]
    )
    assert int(w.com["open"][:-1].sum()) == last["open_latent"] + last["open_reported"]
    states = ("members_absent", "members_idle", "members_matched", "members_decoupled")
    assert sum(last[name] for name in states) == int((w.com["created"] - w.com["member"])[:-1].sum())
    assert last["members_matched"] == int((~w.free).sum())
    for column in (w.mind["efficacy"], w.mind["trust"], w.satisfaction):
        assert 0.0 <= column.min() <= column.max() <= 1.0
    assert np.isfinite(w.mind["theta"]).all()
    assert (w.mind["fatigue"] >= 0.0).all()
    assert city.hours.people.sum() == w.com["adults"][:-1].sum()
    assert city.hours.minutes.sum() == w.life["minutes_year"].sum(dtype=np.int64)
    assert (w.next_occasion[w.next_occasion >= 0] >= city.day).all()
    for name, value in city.measures().items():
        if MEASURES[name].unit.startswith("share") or MEASURES[name].unit == "0 to 1":
            assert np.isnan(value) or 0.0 <= value <= 1.0, f"{name} = {value}"


def test_thirty_years_of_the_lane():
    """Days, serial numbers, weeks and ages of acts stay in their types, and the people stay people."""
    city = City(load("lane").but(days=30 * YEAR, burn_in=0), policies=STACK, arrivals=10).run()
    keeps_its_books(city)
    engaged = np.array(city.daily().query("measure == 'engaged_share'")["value"])
    assert (engaged[YEAR:] > 0.01).all()
    late, early = engaged[-5 * YEAR :].mean(), engaged[5 * YEAR : 10 * YEAR].mean()
    assert late == pytest.approx(early, rel=0.25)


def test_the_last_day_of_the_longest_run():
    """A hundred years are allowed: both engines would count the same days."""
    city = City(load("lane").but(days=36_500 - 60, burn_in=60, parameters={"arrivals": 0.1}))
    city.run()
    assert city.day == 36_500
    keeps_its_books(city)


GROWTH = """
import resource, sys
from linli.model.city import City
from linli.model.scenario import load
city = City(load("donghu").but(days=3650, burn_in=0))
city.run_to(60)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
city.run_to(60 + 365)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="getrusage of POSIX")
def test_memory_grows_by_the_records_of_the_days_alone():
    """A day leaves its record, its durations and shares: some kilobytes, whatever the number of residents."""
    root = Path(linli.__file__).resolve().parent
    done = subprocess.run(
        [sys.executable, "-c", GROWTH], cwd=root, capture_output=True, text=True, check=True
    )
    kilobytes_a_day = int(done.stdout) / 365
    assert kilobytes_a_day < 16


def test_a_city_keeps_its_books():
    sample = load("chengdu-sample")
    few = sample.but(place=dataclasses.replace(sample.place, sampled=12), days=120, burn_in=0)
    keeps_its_books(City(few, policies="match; sink:per1000=20", threads=2).run())


@pytest.mark.long
def test_the_whole_city_keeps_its_books():
    """21 million residents, past the ends of two months."""
    city = City(load("chengdu").but(days=70, burn_in=0), policies="match; sink:per1000=12", threads=2).run()
    assert sum(place.residents for place in city.places) == 21_000_000
    keeps_its_books(city)


# memory ----------------------------------------------------------------------------------------------------


def test_more_memory_than_there_is_is_refused_before_anything_is_made(monkeypatch):
    class Little:
        available = 300_000_000

    monkeypatch.setattr(psutil, "virtual_memory", Little)
    made = []
    monkeypatch.setattr("linli.model.array.tables.settling._empty", lambda *a: made.append(a))
    with pytest.raises(
        InputError, match=r"a place of 21,000,000 residents takes about [23]\.\d GB of memory and 0\.3"
    ):
        City("chengdu")
    assert made == []


def test_the_estimate_is_of_the_right_size(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "linli.model.array.tables.settling.check_memory", lambda needed, what: asked.append(needed)
    )
    city = City("chengdu-sample")
    held = sum(column.nbytes for column in city.world)
    assert asked[0] == pytest.approx(held, rel=0.1)


def test_the_command_refuses_in_a_line(tmp_path):
    """A machine with little memory, as the command sees it."""
    root = Path(linli.__file__).resolve().parent
    code = (
        "import psutil, sys\n"
        "psutil.virtual_memory = lambda: type('Little', (), {'available': 10_000_000})\n"
        "from linli.experiments.command import main\n"
        "sys.argv = ['linli', 'run', 'chengdu', '--days', '2']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "simulate fewer communities" in done.stderr.splitlines()[-1]
