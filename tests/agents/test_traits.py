"""Columns follow from the table of traits: what is written for readers is held to it."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import linli
from linli.agents.resident import Resident
from linli.agents.traits import AGENTS, RESIDENT, STARTS, SUMMED, SUMS
from linli.model.array.tables.columns import COMMUNITY, FIXED, LAYOUT, World, column_of
from linli.model.array.tables.settling import no_world, place_bytes, row_bytes, world_bytes
from linli.model.city import City
from linli.model.community import Community
from linli.model.measures import MEASURES
from linli.model.measures.record import Record
from linli.model.scenario import load

ROOT = Path(linli.__file__).resolve().parent
LANE = load("lane").but(burn_in=0, days=40)

OTHER_LENGTHS = {"com", "tie_first", "household_first", "fits"}
"""Columns of a world without a row for each of something."""


def test_a_world_has_the_columns_of_the_layout():
    columns = [name for here in LAYOUT.values() for name in here]
    assert len(columns) == len(set(columns))
    assert set(columns) | OTHER_LENGTHS == set(World._fields)
    assert set(columns).isdisjoint(OTHER_LENGTHS)
    assert set(LAYOUT) <= set(COMMUNITY.names)
    assert set(AGENTS) <= set(LAYOUT)
    assert set(FIXED) <= set(World._fields)


@pytest.mark.parametrize("kind", AGENTS)
def test_both_engines_hold_what_the_table_says(kind):
    world = no_world()
    for trait in AGENTS[kind]:
        if trait.kept == "home":
            with pytest.raises(KeyError):
                column_of(world, kind, trait)
        else:
            assert column_of(world, kind, trait).dtype == trait.dtype, trait.name
    expected = {trait.name: np.dtype(trait.dtype) for trait in AGENTS[kind]}
    for engine in (City(LANE), Community(LANE)):
        assert {name: column.dtype for name, column in engine.columns(kind).items()} == expected


def test_residents_declare_traits_and_nothing_else_as_traits():
    plain = {trait.name for trait in RESIDENT if trait.plain}
    assert set(Resident.__annotations__) == plain
    assert all(isinstance(getattr(Resident, t.name), property) for t in RESIDENT if not t.plain)


def test_states_that_are_summed_lie_between_zero_and_one_and_are_recorded_and_measured():
    assert SUMMED
    for trait in RESIDENT:
        if trait.summed:
            assert (trait.kind, trait.dtype, trait.low, trait.high) == ("state", "float64", 0, 1)
    recorded = {f.name for f in dataclasses.fields(Record)}
    assert set(SUMS) <= recorded
    assert set(SUMMED) <= set(MEASURES)


def test_the_first_morning_is_as_the_table_says():
    for engine in (City(LANE), Community(LANE)):
        columns = engine.columns("resident")
        leading = columns["serving"]
        for name, start in STARTS.items():
            assert (columns[name] == start).all() or (name == "serving" and leading.any()), name


def test_memory_for_acquaintances_is_taken_where_there_can_be_any():
    """Ten bytes a resident at most, of which eight are used by those who have ever had any."""
    off, on = City("lane", bond=0.0), City("lane", bond=0.1)
    assert on.world.circle.nbytes + on.world.made_ties.nbytes == row_bytes("circle") * 900 == 10 * 900
    assert off.world.circle.nbytes + off.world.made_ties.nbytes == 0
    estimates = [world_bytes(900, 9000, city.parameters, 30) for city in (off, on)]
    assert estimates[1] - estimates[0] == 10 * 900


def test_memory_is_that_of_the_columns():
    """To the byte where columns have a row for each; ties have room to spare."""
    city = City("donghu", threads=1, bond=0.0)  # acquaintances take a row where a circle begins
    w, p = city.world, city.parameters
    of = {
        of: sum(getattr(w, name).nbytes for name in here)
        for of, here in LAYOUT.items()
        if of in ("resident", "slot")
    }
    assert row_bytes("resident") * city.place.residents == of["resident"]
    assert row_bytes("slot") * len(w.matters) == of["slot"]
    assert w.made_ties.nbytes == 0
    longest = max(p.patience, p.deadline)
    expected = sum(of.values()) + w.tie_first.nbytes + w.ties.nbytes
    assert world_bytes(city.place.residents, len(w.ties), p, longest) == pytest.approx(expected, rel=1e-3)
    assert place_bytes(city.place, p) == pytest.approx(expected, rel=0.1)


# a new state --------------------------------------------------------------------------------------------

RECIPE = {
    "agents/traits.py": (
        '    Trait("last_acted", "state",',
        '    Trait("safety", "state", "float64", "-", 0, 1, "made up",\n'
        '          kept="mind", start=0.25, summed=True),\n'
        '    Trait("last_acted", "state",',
    ),
    "model/measures/record.py": (
        "    trust_quanta: int = 0\n",
        "    trust_quanta: int = 0\n    safety_quanta: int = 0\n",
    ),
    "model/measures/__init__.py": (
        '@measure("0 to 1", "效能感")\n',
        '@measure("0 to 1", "安全感")\n'
        "def safety(w: Window) -> float:\n"
        '    """Mean safety of adults, at the end."""\n'
        '    return ratio(w.last("safety_quanta") / QUANTUM, w.totals.adults)\n\n\n'
        '@measure("0 to 1", "效能感")\n',
    ),
}
"""A row of the table, the number of a day's record, and the measure: after which line each is put."""

TRY = """
import json, numpy as np
from linli.model.city import City
from linli.model.community import Community
from linli.model.scenario import load

lane = load("lane").but(burn_in=0, days=6)
city, objects = City(lane), Community(lane).run_to(3)
before = city.columns("resident")["safety"]
city.run_to(3)
zoomed = city.to_mesa(0)
given = [resident.safety for resident in zoomed.residents]
zoomed.adults[0].safety = 0.75
city.from_mesa(zoomed)
city.save("morning.npz")
again = City.load("morning.npz").columns("resident")["safety"]
same_again = np.array_equal(again, city.columns("resident")["safety"])
city.run()
print(json.dumps({
    "start": sorted(set(before.tolist())), "given": sorted(set(given)),
    "day": [city.daily().query("measure == 'safety'")["value"].tolist(), len(zoomed.adults)],
    "same": bool(np.array_equal(objects.records, city.rows[:3])),
    "changed": sorted(set(city.columns("resident")["safety"].tolist())),
    "again": bool(same_again),
    "shown": "safety" in city.by_community(),
    "bytes": row_bytes_of(),
}))
"""


def test_a_new_state_is_one_row_and_its_measure(copy_sources, tmp_path):
    """It is drawn, held, summed, recorded, measured, saved, and carried between the engines and back."""
    package = copy_sources(tmp_path)
    for name, (line, instead) in RECIPE.items():
        file = package / name
        text = file.read_text(encoding="utf-8")
        assert text.count(line) == 1, f"{name} has changed: {line}"
        file.write_text(text.replace(line, instead), encoding="utf-8")
    code = (
        "from linli.model.array.tables.settling import row_bytes\n"
        "row_bytes_of = lambda: row_bytes('resident')\n" + TRY
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    days, adults = found["day"]
    assert found["start"] == found["given"] == [0.25]
    assert days[:3] == [0.25] * 3
    assert days[3:] == pytest.approx([0.25 + 0.5 / adults] * 3)
    assert found["changed"] == [0.25, 0.75]
    assert found["same"]
    assert found["again"]
    assert found["shown"]
    assert found["bytes"] == row_bytes("resident") + 8
