"""Snapshots: a run that goes on from a file is the run that was never stopped; any other file is refused."""

import dataclasses
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import psutil
import pytest

from linli.agents.compiled import SOURCE_HASH
from linli.model import snapshots
from linli.model.array.tables.columns import World
from linli.model.city import City
from linli.model.errors import InputError
from linli.model.parameters import mechanisms_off
from linli.model.scenario import load, to_toml
from linli.model.snapshots import archive

LANE = load("lane").but(burn_in=10, days=40)
ACQUAINTED = LANE.but(
    parameters=mechanisms_off() | {"bond": 0.5, "theta_mean": -4, "sigma": 3.5, "lambda0": 0.2, "R": 3}
)
CHENGDU = load("chengdu")
THREE = CHENGDU.but(place=dataclasses.replace(CHENGDU.place, sampled=3), burn_in=4, days=12)
STACK = (
    "match; council:start=2; platform:start=1; sink:per1000=14,start=3,allocation=need;"
    "reward:allowance=100,start=1,end=9; contest:every=1; teach:start=1"
)


def same(one: City, other: City) -> None:
    """Every table, record and count, without tolerance."""
    for name, mine, theirs in zip(World._fields, one.world, other.world, strict=True):
        assert np.array_equal(mine, theirs), name
    assert np.array_equal(one.rows, other.rows)
    assert np.array_equal(one.durations, other.durations)
    assert one.shares == other.shares
    assert np.array_equal(one.hours.people, other.hours.people)
    assert np.array_equal(one.hours.minutes, other.hours.minutes)
    assert str(one.measures()) == str(other.measures())


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lane on its twentieth morning."""
    file = tmp_path_factory.mktemp("snapshots") / "lane.npz"
    City(LANE, policies="match").run_to(20).save(file)
    return file


@pytest.mark.parametrize(
    ("place", "day"),
    [(LANE, 0), (LANE, 23), (LANE, 35), (LANE, 50), (ACQUAINTED, 23), (THREE, 6), (THREE, 9)],
)
def test_a_run_goes_on_as_if_it_had_never_stopped(place, day, tmp_path):
    usual = City(place, policies=STACK).run()
    City(place, policies=STACK).run_to(day).save(tmp_path / "a.npz")
    same(City.load(tmp_path / "a.npz", threads=2).run(), usual)


SERVED = LANE.but(place=dataclasses.replace(LANE.place, organisations=7))
SERVICES = {"policies": "social:yuan=100,start=3", "arrivals": 4, "org_hours": 4}


def test_services_go_on_as_if_they_had_never_stopped(tmp_path):
    """Bought before the snapshot, or only in a branch from it."""
    file = tmp_path / "a.npz"
    usual = City(SERVED, **SERVICES).run()
    City(SERVED, **SERVICES).run_to(24).save(file)
    same(City.load(file, threads=2).run(), usual)
    without = City(SERVED, **{**SERVICES, "policies": "match"}).run_to(24)
    without.save(file)
    bought = "social:yuan=100,start=15"
    same(City.load(file, policies=bought).run(), without.branch(bought).run())


@pytest.mark.parametrize(
    ("field", "value"), [("speciality", 3), ("sold", 10_000), ("bank", 10_000), ("initiative", 1.5)]
)
def test_organisations_that_cannot_be_are_refused(tmp_path, field, value):
    City(SERVED, **SERVICES).run_to(24).save(tmp_path / "a.npz")
    bad = changed(tmp_path / "a.npz", tmp_path / "b.npz", world__organisations=with_value(field, 0, value))
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(bad)


def test_a_snapshot_of_a_snapshot_is_the_same_file(snapshot, tmp_path):
    City.load(snapshot).save(tmp_path / "again.npz")
    with np.load(snapshot) as first, np.load(tmp_path / "again.npz") as second:
        assert first.files == second.files
        assert all(np.array_equal(first[name], second[name]) for name in first.files)


@pytest.mark.parametrize(
    "policies",
    [
        "council:start=10",
        "relieve:share=.7,start=12; sink:headcount=40,start=15",
        "reward:start=11,end=20",
        "contest:every=1,start=12; teach:start=20",
        "branch:size=4,start=10",
    ],
)
def test_branches_from_a_file_are_branches(snapshot, policies):
    """Many policies from one burn-in: from the file, or from the city in memory."""
    city = City(LANE, policies="match").run_to(20)
    same(City.load(snapshot, policies=policies).run(), city.branch(policies).run())


@pytest.mark.parametrize(
    "policy", ["council:start=10", "reward:start=10,end=25", "teach:start=15", "branch:start=15"]
)
def test_a_branch_is_the_run_that_had_the_policy_from_the_start(snapshot, policy):
    same(
        City.load(snapshot, policies=policy).run(),
        City(LANE, policies=f"match; {policy}").run(),
    )


def test_another_length(snapshot):
    longer = City.load(snapshot, days=70).run()
    same(longer, City(LANE.but(days=70), policies="match").run())
    with pytest.raises(InputError, match="stands on day 10, after the end of a run of 5 days"):
        City.load(snapshot, days=5)


def test_policies_that_should_have_acted_before_are_refused(snapshot):
    with pytest.raises(InputError, match="council"):
        City.load(snapshot, policies="council:start=3")


# files that are none ---------------------------------------------------------------------------------------


def test_it_holds_no_pickle_and_says_what_it_is(snapshot):
    with np.load(snapshot, allow_pickle=False) as archive:
        about = json.loads(str(archive["about"]))
        assert all(archive[name].dtype.kind != "O" for name in archive.files)
    assert about["code"] == SOURCE_HASH
    assert snapshots.day_of(snapshot) == about["day"] == 20
    assert to_toml(snapshots.scenario_of(snapshot)) == to_toml(City(LANE, policies="match").settings)


def test_files_that_are_no_snapshots_are_refused_in_a_line(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        City.load(tmp_path / "none.npz")
    for content in (b"", b"PK\x03\x04 and then nothing", b"not an archive"):
        (tmp_path / "odd.npz").write_bytes(content)
        with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
            City.load(tmp_path / "odd.npz")
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(tmp_path / "other.npz")
    np.savez(tmp_path / "pickled.npz", about=np.array([{"format": 1}], dtype=object))
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(tmp_path / "pickled.npz")


def changed(file: Path, to: Path, **columns) -> Path:
    """A copy with other columns. columns: `world__mind=function of the column`."""
    with np.load(file) as archive:
        arrays = {name: archive[name] for name in archive.files}
    for name, change in columns.items():
        arrays[name.replace("__", ".")] = change(arrays[name.replace("__", ".")])
    return written(to, arrays)


def written(to: Path, arrays: dict[str, np.ndarray]) -> Path:
    """The arrays as a snapshot whose hash was made anew, as somebody does who means to deceive."""
    about = {name: value for name, value in json.loads(str(arrays["about"])).items() if name != "hash"}
    arrays = {name: array for name, array in arrays.items() if name != "about"}
    np.savez(to, about=np.array(json.dumps({**about, "hash": archive.digest(about, arrays)})), **arrays)
    return to


def with_value(field: str | None, at: int, value: float):
    def change(column: np.ndarray) -> np.ndarray:
        column = column.copy()
        (column if field is None else column[field])[at] = value
        return column

    return change


@pytest.mark.parametrize(
    "columns",
    [
        {"world__ties": lambda c: c[:-1]},
        {"world__ties": with_value(None, 0, 60_000)},
        {"world__tie_first": with_value(None, 5, 4_000_000)},
        {"world__building": with_value(None, 3, 10_000)},
        {"world__building": with_value(None, 3, -1)},
        {"world__adults": with_value(None, 3, 900)},
        {"world__members": with_value("post", 0, 5_000)},
        {"world__members": with_value("host", 0, -2)},
        {"world__matters": with_value("compound", 0, 99)},
        {"world__order": with_value(None, 0, 1_000_000)},
        {"world__com": with_value("open", 0, 1_000_000)},
        {"world__com": with_value("resident", 1, 901)},
        {"world__compounds": with_value("firm", 0, 7)},
        {"world__group": with_value(None, 0, 11)},
        {"world__mind": lambda c: c[:-1]},
        {"world__satisfaction": lambda c: c.astype(np.float32)},
        {"world__compounds": with_value("open_shared", 0, 2**31 - 1)},
        {"world__compounds": with_value("open_shared", 0, -(2**31))},
        {"world__buildings": with_value("open_matters", 0, 2**31 - 1)},
        {"world__com": with_value("adults", 0, 2**63 - 1)},
        {"world__com": with_value("efficacy_quanta", 0, 0)},
        {"world__matters": lambda c: c[::-1].copy()},
        {"world__order": lambda c: c[::-1].copy()},
        {"world__free": lambda c: ~c},
        {"world__serving": lambda c: ~c},
        {"world__beats": lambda c: np.roll(c, 1)},
        {"world__buildings": with_value("serving", 0, 99)},
        {"world__habit": with_value(None, 7, 1.5)},
        {"world__active_ties": lambda c: c + np.int16(1)},
        {"world__mind": with_value("theta", 7, np.nan)},
        {"world__satisfaction": with_value(None, 7, np.inf)},
        {"world__life": with_value("minutes_year", 7, -(2**31))},
        {"world__members": with_value("session", 0, 9)},
        {"world__fits": lambda c: c + np.int16(1)},
        {"hours__people": lambda c: c + 1},
        {"shares": lambda c: c + np.inf},
        {"rows": lambda c: c[:-1]},
        {"durations": lambda c: c[:, :-1]},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_tables_that_do_not_fit_together_are_refused(snapshot, tmp_path, columns):
    """A compiled loop would read or write beside a table that is too short."""
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(changed(snapshot, tmp_path / "bad.npz", **columns))


SYSTEMS = "fund:yuan=900; committees; council:decides=1; appraise:by=record; units; emergency:rounds=20"


DEPARTMENTS = LANE.but(place=dataclasses.replace(LANE.place, department_hours=3))


@pytest.fixture(scope="module")
def with_systems(tmp_path_factory):
    file = tmp_path_factory.mktemp("systems") / "lane.npz"
    City(DEPARTMENTS, policies=SYSTEMS, arrivals=4.0).run_to(38).save(file)
    return file


def test_systems_go_on_from_a_file(with_systems):
    usual = City(DEPARTMENTS, policies=SYSTEMS, arrivals=4.0).run()
    assert City.load(with_systems).world.small_works.any()
    same(City.load(with_systems).run(), usual)


@pytest.mark.parametrize(
    "columns",
    [
        {"world__small_works": lambda c: -c - 1.0},
        {"world__small_works": lambda c: c[:-1]},
        {"world__com": with_value("fund", 0, -1)},
        {"world__com": with_value("department_minutes", 0, 181)},
        {"world__com": with_value("department_week", 0, 181)},
        {"world__matters": lambda c: _all(c, "stage", 6)},
        {"world__matters": lambda c: _all(c, "handed", 38)},
        {"world__matters": lambda c: _all(c, "due", -1)},
        {"world__committees": with_value("initiative", 0, 2)},
        {"world__committees": with_value("forces_work", 0, 2**39)},
        {"world__matters": lambda c: _all(c, "funded", 2)},
        {"world__com": with_value("door", 0, 460)},
        {"world__com": with_value("waiting", 0, 459)},
        {"world__com": with_value("round_began", 0, 39)},
        {"world__com": with_value("rounds_begun", 0, -1)},
        {"world__reached": with_value(None, 3, 40)},
        {"world__turned_out": with_value(None, 3, 40)},
        {"world__units": with_value("compound", 0, 10_000)},
        {"world__units": with_value("trade", 1, 0)},
        {"world__units": with_value("rank", 3, 0.9)},
        {"world__units": with_value("will", 0, 2.0)},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_systems_that_cannot_be_are_refused(with_systems, tmp_path, columns):
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(changed(with_systems, tmp_path / "bad.npz", **columns))


def _all(column, name, value):
    column = column.copy()
    column[name] = value
    return column


def _row(w, who):
    """Whom somebody met, to be written into; a circle begins where there was none."""
    if w["circle"][who] == 0:
        w["com"]["circles"][0] += 1
        w["circle"][who] = w["com"]["circles"][0]
    return w["made_ties"][w["circle"][who] - 1]


def _meet(w, one, other):
    """Make two acquainted, whoever they are."""
    for who, whom in ((one, other), (other, one)):
        _row(w, who)[w["life"]["ties_made"][who]] = whom
        w["life"]["ties_made"][who] += 1
    w["com"]["ties_made"][0] += 1


def _most(w):
    return int(w["life"]["ties_made"].argmax())


def _strangers(w):
    """Residents 1 of the lane and 800 are adults of two compounds: this is sound."""
    _meet(w, 1, 800)


def _one_sided(w):
    _row(w, _most(w))[0] += 1


def _with_oneself(w):
    _row(w, 1)[0], w["life"]["ties_made"][1] = 1, 2
    _row(w, 1)[1] = 1
    w["com"]["ties_made"][0] += 1


def _twice(w):
    _meet(w, _most(w), int(_row(w, _most(w))[0]))


def _at_home(w):
    """Residents 1 and 4 are adults of one household."""
    _meet(w, 1, 4)


def _with_a_child(w):
    """Resident 2 is one."""
    _meet(w, 2, 800)


def _with_nobody(w):
    _row(w, _most(w))[0] = 60_000


def _five(w):
    w["life"]["ties_made"][_most(w)] = 5


def _one_behind_the_last(w):
    _row(w, _most(w))[3] = 7


def _in_a_row_of_nobody(w):
    w["made_ties"][800, 0] = 7


def _another_count(w):
    w["com"]["ties_made"][0] += 1


def _two_in_one_row(w):
    w["circle"][_most(w)] = w["circle"][w["life"]["ties_made"] == 1][0]


def _a_row_that_is_not_there(w):
    w["circle"][_most(w)] = 60_000


def _more_rows_than_residents(w):
    w["com"]["circles"][0] = 2**62


CANNOT_BE = (
    *(_one_sided, _with_oneself, _twice, _at_home, _with_a_child, _with_nobody, _five, _one_behind_the_last),
    *(_in_a_row_of_nobody, _another_count, _two_in_one_row, _a_row_that_is_not_there),
    *(_more_rows_than_residents,),
)


@pytest.mark.parametrize("change", [_strangers, *CANNOT_BE])
def test_acquaintances_that_cannot_be_are_refused(tmp_path, change):
    City(ACQUAINTED).run_to(6).save(tmp_path / "lane.npz")
    with np.load(tmp_path / "lane.npz") as whole:
        arrays = {name: whole[name] for name in whole.files}
    w = {name.removeprefix("world."): array for name, array in arrays.items() if name.startswith("world.")}
    assert 0 < w["life"]["ties_made"].max() < 4
    assert w["life"]["ties_made"][[1, 2, 4, 800]].tolist() == [0] * 4
    change(w)
    written(tmp_path / "other.npz", arrays)
    if change in CANNOT_BE:
        with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
            City.load(tmp_path / "other.npz")
    else:
        City.load(tmp_path / "other.npz")


def test_rows_for_acquaintances_that_the_scenario_does_not_have_are_refused(snapshot, tmp_path):
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(
            changed(snapshot, tmp_path / "bad.npz", world__made_ties=lambda _: np.zeros((900, 4), np.uint16))
        )


@pytest.mark.parametrize(
    "change",
    [
        {"world__worn": with_value(None, 7, 2)},
        {"world__worn": lambda c: c[:-1]},
        {"world__com": with_value("rewarded", 1, 0)},
        {"world__sorters": with_value("sorts", 7, 2)},
        {"world__sorters": lambda c: c[::-1].copy()},
        {"world__contests": with_value("sorting", 1, 0)},
        {"world__contests": with_value("households", 1, 0)},
        {"world__contests": with_value("standing", 1, 2)},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_what_systems_keep_is_checked_as_well(tmp_path, change):
    City(LANE, policies="reward; contest:every=1").run_to(35).save(tmp_path / "lane.npz")
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(changed(tmp_path / "lane.npz", tmp_path / "bad.npz", **change))


def test_a_changed_number_is_found_by_the_hash(snapshot, tmp_path):
    """Even one that could be: another skill."""
    with np.load(snapshot) as whole:
        arrays = {name: whole[name] for name in whole.files}
    arrays["world.life"]["skill"][3] = (arrays["world.life"]["skill"][3] + 1) % 6
    np.savez(tmp_path / "other.npz", **arrays)
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(tmp_path / "other.npz")
    City.load(written(tmp_path / "other.npz", arrays))


@pytest.mark.parametrize(
    "changes",
    [
        {"scenario": to_toml(load("donghu"))},
        {"scenario": to_toml(LANE.but(parameters={"posts": 40}))},
        {"scenario": 3},
        {"scenario": "a = " + "[" * 100_000},
        {"day": 21},
        {"day": "x"},
        {"day": None},
        {"day": True},
        {"day": -1},
        {"number": 7},
        {"number": 1e300},
    ],
    ids=lambda changes: " ".join(f"{name} {str(value)[:8]}" for name, value in changes.items()),
)
def test_headers_that_do_not_fit_the_tables_are_refused(snapshot, tmp_path, changes):
    """A scenario that was swapped for another would give other lengths to the same tables."""

    def other(about: np.ndarray) -> np.ndarray:
        return np.array(json.dumps({**json.loads(str(about)), **changes}))

    file = changed(snapshot, tmp_path / "bad.npz", about=other)
    with pytest.raises(InputError, match=r"not a snapshot of linli, or it is damaged|stands on day"):
        City.load(file)


def test_what_is_larger_than_it_looks_is_not_unpacked(snapshot, tmp_path):
    """An array that claims more than is there, and a small file that unpacks to more than there is memory."""
    with np.load(snapshot) as whole:
        about = whole["about"]
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (2**50,)})
    for name, size in (("claims.npz", 8), ("bomb.npz", 0)):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as into:
            with into.open("about.npy", "w") as stream:
                np.save(stream, about)
            into.writestr("rows.npy", header.getvalue() + bytes(size))
    with pytest.raises(InputError, match="not a snapshot of linli, or it is damaged"):
        City.load(tmp_path / "claims.npz")
    content = (tmp_path / "bomb.npz").read_bytes()
    at = content.index(b"rows.npy", content.index(b"PK\x01\x02")) - 46  # its entry in the directory
    size = (2**32 - 2).to_bytes(4, "little")
    assert content[at : at + 4] == b"PK\x01\x02"
    content = content[: at + 24] + size + content[at + 28 :]
    (tmp_path / "bomb.npz").write_bytes(content)
    free = psutil.virtual_memory().available
    with pytest.raises(
        InputError, match="GB of memory" if free < 2**32 - 2 else "not a snapshot of linli, or it is damaged"
    ):
        City.load(tmp_path / "bomb.npz")


FUZZ = """
import sys
from pathlib import Path
import numpy as np
from linli.model.city import City
from linli.model.errors import InputError
from tests.model.test_snapshots import edited, written

good, to, seed, edits = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
with np.load(good) as archive:
    arrays = {name: archive[name] for name in archive.files}
rng, refused = np.random.default_rng(seed), 0
for n in range(edits):
    what, changed = edited(arrays, rng, n)
    print(n, what, flush=True)
    try:
        City.load(written(to, changed)).run_to(45)
    except InputError:
        refused += 1
print("through", refused, flush=True)
"""


def edited(arrays: dict[str, np.ndarray], rng: np.random.Generator, n: int) -> tuple[str, dict]:
    """A snapshot with one array changed: each array in turn, each time in another way."""
    names = sorted(set(arrays) - {"about"})
    name = names[n % len(names)]
    way = ("value", "bytes", "swap", "short", "type", "lost", "shape", "value")[n // len(names) % 8]
    array = arrays[name].copy()
    if way in ("value", "bytes", "swap") and array.size:
        field = str(rng.choice(array.dtype.names)) if array.dtype.names else ""
        column = array[field] if field else array
        _change(column.reshape(-1) if not field else column, way, rng)
    elif way == "type":
        array = array.view(np.uint8) if array.dtype.names else array.astype(np.float32)
    elif way == "shape":
        array = array[None]
    else:
        array = array[: int(rng.integers(0, max(1, len(array))))]
    rest = {other: column for other, column in arrays.items() if other != name}
    return f"{name} {way}", rest if way == "lost" else {**rest, name: array}


def _change(column: np.ndarray, way: str, rng: np.random.Generator) -> None:
    """Change a column in place: one entry, some bytes of an entry, or two entries for each other."""
    at, other = rng.integers(0, len(column), 2)
    if way == "swap":
        column[[at, other]] = column[[other, at]]
    elif way == "bytes":
        raw = np.frombuffer(rng.bytes(column.dtype.itemsize), dtype=column.dtype)
        column[at] = raw[0]
    elif column.dtype.kind == "f":
        column[at] = rng.choice([np.nan, np.inf, -np.inf, -1e300, 1e300, -1.0])
    elif column.dtype.kind == "b":
        column[at] = not column[at]
    else:
        ends = np.iinfo(column.dtype)
        near = [int(column[at]) + step for step in (-1, 1) if ends.min < column[at] < ends.max]
        column[at] = rng.choice(np.array([ends.min, ends.max, 0, *near], dtype=column.dtype))


@pytest.mark.parametrize("seed", [1, 2])
def test_no_edit_ends_in_a_crash(snapshot, tmp_path, seed):
    """In a process of its own, whose death would be noticed; the last line says after which edit."""
    edits = 200
    done = subprocess.run(
        [sys.executable, "-c", FUZZ, snapshot, tmp_path / "edited.npz", str(seed), str(edits)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, (lines[-1:], done.stderr[-2000:])
    assert lines[-1].startswith("through")
    assert int(lines[-1].split()[1]) > edits // 2  # what is let through are numbers that could be


def test_other_rules_are_refused(snapshot, tmp_path):
    def other_code(about: np.ndarray) -> np.ndarray:
        return np.array(json.dumps({**json.loads(str(about)), "code": "0" * 16}))

    with pytest.raises(InputError, match="was made by other rules"):
        City.load(changed(snapshot, tmp_path / "old.npz", about=other_code))


def test_no_damaged_byte_goes_unnoticed(snapshot, tmp_path):
    """The archive sums up every table; a bit that flips is found, wherever it is."""
    whole = snapshot.read_bytes()
    for at in range(40, len(whole) - 1, len(whole) // 40):
        damaged = bytearray(whole)
        damaged[at] ^= 0x40
        (tmp_path / "flipped.npz").write_bytes(damaged)
        try:
            City.load(tmp_path / "flipped.npz")
        except InputError:
            continue
        assert header_only(whole, at), f"byte {at}"


def header_only(whole: bytes, at: int) -> bool:
    """Whether a byte is no part of a table: names, times and sums stand twice in an archive."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        spans = [(i.header_offset + 30 + len(i.filename) + 20, i.compress_size) for i in archive.infolist()]
    return not any(first <= at < first + size - 20 for first, size in spans)


# writing ---------------------------------------------------------------------------------------------------


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path):
    city = City(LANE)
    with pytest.raises(InputError, match="cannot write snapshot"):
        city.save(tmp_path / "nowhere" / "a.npz")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(InputError, match="cannot write snapshot"):
        city.save(tmp_path / "folder.npz")
    assert [file.name for file in tmp_path.iterdir()] == ["folder.npz"]


def test_a_disk_that_fills_up_leaves_the_old_file(snapshot, tmp_path, monkeypatch):
    file = tmp_path / "a.npz"
    file.write_bytes(snapshot.read_bytes())

    def full(stream, **arrays):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(InputError, match="No space left on device"):
        City(LANE).save(file)
    assert file.read_bytes() == snapshot.read_bytes()
    assert [f.name for f in tmp_path.iterdir()] == ["a.npz"]


SAVING = """
import sys
import numpy as np
from linli.model.city import City
city, usual = City("lane"), np.savez
def slowly(stream, **arrays):
    stream.write(b"half"); stream.flush(); print("now", flush=True)
    import time; time.sleep(3600)
np.savez = slowly
city.save(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_writer_leaves_the_old_file_and_is_tidied_up_after(snapshot, tmp_path):
    file = tmp_path / "a.npz"
    file.write_bytes(snapshot.read_bytes())
    writer = subprocess.Popen(
        [sys.executable, "-c", SAVING, file],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout.readline() == b"now\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert len(list(tmp_path.iterdir())) == 2
    same(City.load(file), City.load(snapshot))
    for _ in range(6000):  # until the number of the process is free again
        City(LANE).save(tmp_path / "a.npz")
        if [f.name for f in tmp_path.iterdir()] == ["a.npz"]:
            break
        time.sleep(0.1)
    assert [f.name for f in tmp_path.iterdir()] == ["a.npz"]


# the command -----------------------------------------------------------------------------------------------


def linli(*words: str, folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "linli", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_the_command_saves_and_goes_on(tmp_path):
    first = linli(
        "run", "lane", "--days", "10", "--burn-in", "5", "--save", "a.npz", "--json", folder=tmp_path
    )
    assert first.returncode == 0, first.stderr
    on = linli("run", "a.npz", "--days", "20", "--policy", "match:start=10", "--json", folder=tmp_path)
    assert on.returncode == 0, on.stderr
    whole = linli(
        "run",
        "lane",
        "--days",
        "20",
        "--burn-in",
        "5",
        "--policy",
        "match:start=10",
        "--json",
        folder=tmp_path,
    )
    assert json.loads(on.stdout)["measures"] == json.loads(whole.stdout)["measures"]


def test_the_command_refuses_in_a_line(tmp_path):
    (tmp_path / "odd.npz").write_bytes(b"odd")
    done = linli("run", "odd.npz", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "not a snapshot of linli" in done.stderr
