"""An actor is added as `CONTRIBUTING.md` says: a made-up one, in a copy of the sources.

The recipe stands once, in the folder `made_up_actor`: the new files, and `edits.diff`, whose parts are found
by their words and not by numbers of lines. The page quotes it, and is held to it here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import linli
from linli.model.city import City
from linli.model.measures.record import COLUMNS
from linli.model.scenario import load

ROOT = Path(linli.__file__).resolve().parent
RECIPE = Path(__file__).resolve().parent / "made_up_actor"
PAGE = ROOT / "CONTRIBUTING.md"

MOST_EDITED = 12
"""So many files may an actor cost that exist already."""

HELD = ("tests/model/test_odd.py", "tests/model/test_units.py")
"""Tests that hold the tables of the code to what is written of them ..."""

WHICH = "tables_are_those or every_file_of_rules or stands_in_an_equation or every_unit_has"
"""... and which of them, in Python's words for pytest."""


def edits() -> dict[str, str]:
    """What is changed in each file: parts that begin with `@@`, lines behind a blank, a plus or a minus."""
    text = (RECIPE / "edits.diff").read_text(encoding="utf-8")
    files = re.split(r"^--- a/.*\n\+\+\+ b/(.*)\n", text, flags=re.MULTILINE)
    return dict(zip(files[1::2], files[2::2], strict=True))


def new_files() -> dict[str, str]:
    """The text of every file that is added."""
    return {
        file.relative_to(RECIPE).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(RECIPE.rglob("*.py"))
    }


def changed(text: str, parts: str) -> str:
    """A text with all parts of an edit made. An AssertionError for words that are not there, or not once."""
    for part in parts.split("@@\n")[1:]:
        lines = part.splitlines(keepends=True)
        before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        assert text.count(before) == 1, f"no longer there, or not once: {before}"
        text = text.replace(before, after)
    return text


def add_actor(package: Path) -> None:
    """Follow the recipe in a copy of the sources."""
    for name, parts in edits().items():
        file = package / name
        file.write_text(changed(file.read_text(encoding="utf-8"), parts), encoding="utf-8")
    for name, text in new_files().items():
        assert not (package / name).exists(), name
        (package / name).write_text(text, encoding="utf-8")


def run(folder: Path, *command: str) -> str:
    """What Python prints in a folder whose `linli` is imported, run without the compiler."""
    environment = {
        **os.environ, "PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1", "PYTHONUTF8": "1",
        "COLUMNS": "200",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-B", *command], env=environment, cwd=folder, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def with_actor(copy_sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `linli` has the made-up actor, its ODD written anew."""
    folder = tmp_path_factory.mktemp("actor")
    add_actor(copy_sources(folder, ("agents", "model", "experiments")))
    run(folder, "-m", "linli.model.odd")
    return folder


# the recipe ----------------------------------------------------------------------------------------------


def test_an_actor_costs_twelve_edited_files_at_most() -> None:
    assert 0 < len(edits()) <= MOST_EDITED
    assert all((ROOT / name).is_file() for name in edits())
    assert not any((ROOT / name).exists() for name in new_files())


def test_the_page_walks_through_the_recipe() -> None:
    """Every file in order, with what is written in it, word for word."""
    walk = PAGE.read_text(encoding="utf-8").split("## An actor", 1)[1].split("\n## ", 1)[0]
    steps = re.findall(r"^\d+\. `([\w./]+)`.*?^```(\w+)\n(.*?)^```$", walk, flags=re.MULTILINE | re.DOTALL)
    assert [(name, text) for name, kind, text in steps if kind == "diff"] == list(edits().items())
    assert {name: text for name, kind, text in steps if kind == "python"} == new_files()


def test_every_path_on_the_page_exists() -> None:
    named = re.findall(r"`((?:\.?\w+/)[\w./]*|\w[\w.]*\.md)`", PAGE.read_text(encoding="utf-8"))
    assert len(set(named)) > 30
    assert [name for name in named if not (ROOT / name).exists() and name not in new_files()] == []


def test_an_edit_is_found_by_its_words() -> None:
    assert changed("a\nb\nc\n", "@@\n b\n+d\n@@\n-a\n") == "b\nd\nc\n"
    for text in ("a\n", "b\nb\n"):
        with pytest.raises(AssertionError, match="no longer there, or not once: b"):
            changed(text, "@@\n b\n+d\n")


# both engines --------------------------------------------------------------------------------------------

TRY = """
import dataclasses, json
import numpy as np
from linli.agents.traits import AGENTS
from linli.model.array.tables.columns import World
from linli.model.city import City
from linli.model.community import Community
from linli.model.place.communities import communities_of
from linli.model.scenario import load

lane = load("lane")
place = dataclasses.replace(lane.place, clubs=3)
short = lane.but(place=place, burn_in=3, days=40)
stack = "match; council:start=2; sink:headcount=44,start=1"
given = dict(policies=stack, club_hours=12, arrivals=2, mu_m=0.1)

def agree(objects, tables):
    same = np.array_equal(np.array(objects.records), tables.rows[-len(objects.records):])
    for kind in AGENTS:
        mine, other = objects.columns(kind), tables.columns(kind)
        same = same and all(np.array_equal(mine[name], other[name]) for name in mine)
    return bool(same)

tables, objects = City(short, **given).run_to(20), Community(short, **given).run_to(20)
docked = [agree(objects, tables)]
tables.save("morning.npz")
again = City.load("morning.npz")
kept = all(np.array_equal(a, b) for a, b in zip(again.world, tables.world))

zoomed = again.to_mesa(0)
seen = [[club.left, club.given] for club in zoomed.clubs]
zoomed.clubs[1].left += 60
again.from_mesa(zoomed)
put_back = again.columns("club")["left"].tolist()
docked += [agree(zoomed.run(), again.run())]

tables.run(), objects.run()
docked += [agree(objects, tables)]
clubs = tables.columns("club")
city = dataclasses.replace(place, communities=2, clubs=5)
none = City(lane.but(burn_in=3, days=40), **given).run().measures()
print(json.dumps({
    "docked": docked, "kept": bool(kept), "seen": seen, "put back": put_back,
    "given": int(clubs["given"].sum()), "recorded": int(tables.window().sum("club_minutes")),
    "measured": tables.measures()["club_hours_given"],
    "without": none["club_hours_given"],
    "reliance": [tables.measures()["self_reliance"], none["self_reliance"]],
    "by community": [part.clubs for _, part in communities_of(city)],
}))
"""


def test_the_actor_works_in_both_engines_which_dock(with_actor: Path) -> None:
    """It is drawn, works, is recorded and measured, saved, carried to objects, changed there and put back."""
    found = json.loads(run(with_actor, "-W", "error::RuntimeWarning", "-c", TRY))
    assert found["docked"] == [True] * 3
    assert found["kept"]
    assert sum(given for _, given in found["seen"]) > 0
    left = [left for left, _ in found["seen"]]
    assert found["put back"] == [left[0], left[1] + 60, left[2]]
    assert found["given"] == found["recorded"] > 0
    assert found["measured"] > found["without"] == 0
    assert found["reliance"][0] < found["reliance"][1]
    assert sum(found["by community"]) == 5
    assert min(found["by community"]) > 0


SHIPPED = """
import json
from linli.model.city import City
from linli.model.measures.record import COLUMNS
from linli.model.scenario import load
rows = City(load("lane").but(burn_in=0, days=12), policies="match").run().rows
print(json.dumps([list(COLUMNS), rows.tolist()]))
"""


def test_where_there_are_none_nothing_changes(with_actor: Path) -> None:
    """The scenarios that come with linli write down what they did, and a nought more."""
    columns, rows = json.loads(run(with_actor, "-c", SHIPPED))
    at = columns.index("club_minutes")
    assert {row.pop(at) for row in rows} == {0}
    columns.remove("club_minutes")
    assert tuple(columns) == COLUMNS
    assert rows == City(load("lane").but(burn_in=0, days=12), policies="match").run().rows.tolist()


CRAFTED = """
import dataclasses
from linli.model.city import City
from linli.model.errors import InputError
from linli.model.scenario import load

lane = load("lane")
city = City(lane.but(place=dataclasses.replace(lane.place, clubs=3), burn_in=0, days=3))
for left in (60, -1, 12_001):
    city.world.clubs["left"][1] = left
    city.save("crafted.npz")
    try:
        City.load("crafted.npz")
        print("sound")
    except InputError as error:
        print(error)
"""


def test_what_no_club_can_hold_is_no_snapshot(with_actor: Path) -> None:
    sound, *others = run(with_actor, "-c", CRAFTED).splitlines()
    assert sound == "sound"
    assert len(others) == 2
    assert all("is not a snapshot of linli, or it is damaged" in other for other in others)


# what is said of it --------------------------------------------------------------------------------------


def test_the_tables_of_the_odd_have_it(with_actor: Path) -> None:
    odd = (with_actor / "linli" / "model" / "ODD.md").read_text(encoding="utf-8")
    for row in (
        "Club | `left` | state",
        "`clubs` | mutual-aid clubs",
        "`club_hours` | 20",
        "`club_hours_given`",
    ):
        assert f"| {row} |" in odd, row
    assert "| member | worker | firm | club |" in odd
    assert "organisations, then clubs work" in odd


def test_the_command_lists_it(with_actor: Path) -> None:
    assert "club_hours" in run(with_actor, "-m", "linli", "list", "parameters")
    listed = run(with_actor, "-m", "linli", "list", "measures", "--lang", "zh")
    assert "club_hours_given" in listed
    assert "互助社工时" in listed


def test_what_is_written_is_held_to_it(with_actor: Path) -> None:
    """The tests that do so in the repository pass in the copy."""
    for name in HELD:
        shutil.copy(ROOT / name, with_actor)
    files = [Path(name).name for name in HELD]
    done = run(with_actor, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", WHICH, *files)
    assert "passed" in done
