"""Snapshots: a city on a morning, as a file from which any number of runs go on.

A snapshot is a NumPy archive (.npz) of the tables, the records so far and the scenario as TOML: no pickle, so
that a file from elsewhere can do nothing but be read. A hash of all of it tells damage and edits; and since
whoever edits can make the hash anew, the tables are compared with the scenario and with each other before a
loop follows them (`model.snapshots.sound`). A snapshot is written beside its place and moved there at once:
an interrupted run leaves the old file or none.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import SOURCE_HASH
from linli.model import scenario as scenarios
from linli.model.array.engine import DAYS_PER_PASS, ArrayEngine
from linli.model.array.tables.columns import World
from linli.model.array.tables.settling import no_world
from linli.model.errors import InputError
from linli.model.extensions import hash_of_policy
from linli.model.files import write_whole
from linli.model.measures.hours import Shares
from linli.model.place import Place
from linli.model.place.communities import communities_of
from linli.model.policies import Policy
from linli.model.snapshots import archive, sound
from linli.model.snapshots.sound import records as sound_records
from linli.model.systems import systems_of

FORMAT = 2

_RECORDS = ("hours.people", "hours.minutes", "rows", "durations", "shares")
MOST_NUMBER = 2**31
"""Communities are numbered below this."""


def save(city: ArrayEngine, file: str | Path) -> None:
    """Write a city as it stands this morning. Raises InputError if the file cannot be written."""
    file = Path(file)
    about = {
        "format": FORMAT,
        "code": SOURCE_HASH,
        "day": city.day,
        "number": int(city.world.com["number"][0]) if len(city.places) == 1 else None,
        "scenario": scenarios.to_toml(city.settings),
    }
    own = {policy.name: hash_of_policy(policy.name) for policy in city.settings.policies}
    if any(own.values()):
        about["own"] = {name: code for name, code in own.items() if code}
    arrays: dict[str, Any] = {}
    for name, column in zip(World._fields, city.world, strict=True):
        arrays[f"world.{name}"] = column
    arrays["hours.people"], arrays["hours.minutes"] = city.hours.people, city.hours.minutes
    arrays["rows"], arrays["durations"] = city.rows, city.durations
    arrays["shares"] = np.array(city.shares, dtype=float).reshape(-1, 4)
    for at, heads in city.targets.items():
        arrays[f"target.{at}"] = heads
    about["hash"] = archive.digest(about, arrays)
    try:
        whole = {"about": np.array(json.dumps(about)), **arrays}
        write_whole(file, lambda path: _write(path, whole))
    except OSError as error:
        raise InputError(f"cannot write snapshot {file}: {error.strerror or error}") from None


def _write(file: Path, arrays: dict[str, Any]) -> None:
    """Write an archive; given a path, NumPy would add an ending of its own."""
    with file.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)


def load[E: ArrayEngine](
    engine: type[E],
    file: str | Path,
    *,
    policies: str | Sequence[Policy | str] = (),
    days: int | None = None,
    threads: int = 1,
    days_per_pass: int = DAYS_PER_PASS,
) -> E:
    """A city that goes on from a snapshot, with further policies if wanted: bit for bit as if never stopped.

    engine: the class to make; policies: may start on the snapshot's day or later; days: another length of the
    run, counted from the end of the burn-in (None: the one it had). Raises InputError for a file that is not
    a snapshot of this version of linli, or is damaged, and for policies that should have acted before.
    """
    with _reading(file):
        about, settings = _about(file)
    if days is not None:
        settings = settings.but(days=days)
    if about["day"] > settings.burn_in + settings.days:
        raise InputError(
            f"snapshot {file} stands on day {about['day'] - settings.burn_in}, after the end of a run of "
            f"{settings.days} days"
        )
    with _reading(file):
        arrays = archive.read(file)
        del arrays["about"]
        if archive.digest({k: v for k, v in about.items() if k != "hash"}, arrays) != about["hash"]:
            raise ValueError("changed since it was written")
        city = _city(engine, settings, about, arrays, threads)
    city.days_per_pass = days_per_pass
    return city.branch(policies) if policies else city


def scenario_of(file: str | Path) -> scenarios.Scenario:
    """The scenario of a snapshot, without its tables. Raises InputError as `load` does."""
    with _reading(file):
        return _about(file)[1]


def day_of(file: str | Path) -> int:
    """The morning a snapshot was taken on, counted from the first day of the run. Raises as `load` does."""
    with _reading(file):
        return int(_about(file)[0]["day"])


@contextmanager
def _reading(file: str | Path) -> Iterator[None]:
    """Whatever is wrong with a file is said in one line."""
    try:
        yield
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"cannot read snapshot {file}: {error.strerror or error}") from None
    except archive.DAMAGE:
        raise InputError(f"{file} is not a snapshot of linli, or it is damaged") from None


def _about(file: str | Path) -> tuple[dict[str, Any], scenarios.Scenario]:
    about = json.loads(archive.read_text(file, "about"))
    _check_version(file, about)
    for name, kind in (("day", int), ("scenario", str), ("hash", str)):
        if type(about[name]) is not kind:
            raise TypeError(name)
    own = about.get("own", {})
    if not isinstance(own, dict) or not all(isinstance(code, str) for code in own.values()):
        raise TypeError("own")
    for name, code in own.items():
        if hash_of_policy(name) != code:
            here = "none" if hash_of_policy(name) is None else "another one of that name"
            raise InputError(
                f"snapshot {file} goes on with a policy {name} of somebody's own (code {code}), and here is "
                f"{here}: name the file that holds it with --with"
            )
    try:
        settings = scenarios.from_toml(about["scenario"])
    except InputError as error:
        raise ValueError("a scenario that is none") from error
    if not 0 <= about["day"] <= settings.burn_in + settings.days:
        raise ValueError("a day that the run does not have")
    return about, settings


def _check_version(file: str | Path, about: dict[str, Any]) -> None:
    if about["format"] != FORMAT or about["code"] != SOURCE_HASH:
        raise InputError(
            f"snapshot {file} was made by other rules (code {about['code']}, here {SOURCE_HASH}): "
            "a run that goes on from it would mix the two; make it again"
        )


def _city[E: ArrayEngine](
    engine: type[E],
    settings: scenarios.Scenario,
    about: dict[str, Any],
    arrays: dict[str, NDArray[Any]],
    threads: int,
) -> E:
    """The city that the arrays are. A ValueError or KeyError if they are none."""
    systems = systems_of(settings.policies, settings.place)
    blank = no_world(systems)
    typed: list[NDArray[Any]] = list(blank)
    tables = [arrays.pop(f"world.{name}") for name in World._fields]
    world = type(blank)(*(_typed(table, like) for table, like in zip(tables, typed, strict=True)))
    kept = {name: arrays.pop(name) for name in _RECORDS}
    places, day = _places(settings, about, world), about["day"]
    sound.check(world, places, settings.parameters, systems, settings.seed, day)
    sound_records.check(kept, world, day)
    city = engine.resumed(settings, places, world, day, threads)
    city.hours.people[:], city.hours.minutes[:] = kept["hours.people"], kept["hours.minutes"]
    city.restore_records(kept["rows"], kept["durations"], [Shares(*row) for row in kept["shares"].tolist()])
    city.targets = {int(name.removeprefix("target.")): heads for name, heads in arrays.items()}
    _check_targets(city)
    return city


def _places(settings: scenarios.Scenario, about: dict[str, Any], world: World) -> list[Place]:
    """The communities of a city, or the only one, which may be any of a city's."""
    if settings.place.communities > 1:
        parts = dict(communities_of(settings.place))
        if world.com.ndim != 1 or world.com["number"][:-1].tolist() != list(parts):
            raise ValueError("other communities than the scenario has")
        return list(parts.values())
    number = about["number"]
    if type(number) is not int or not 0 <= number < MOST_NUMBER or int(world.com["number"][0]) != number:
        raise ValueError("a community of another number")
    return [settings.place]


def _check_targets(city: ArrayEngine) -> None:
    """What policies have shared out: what they share out again, or within what they may by need. A ValueError
    for others."""
    whole, p = city.place, city.parameters
    shared = {at: policy for at, policy in enumerate(city.settings.policies) if policy.shared}
    for at, policy in shared.items():
        if at not in city.targets and policy.by_need and policy.start + city.settings.burn_in < city.day:
            raise ValueError("shared out before")
    for at, parts in city.targets.items():
        policy, need = shared[at], np.zeros(len(city.places), dtype=np.int64)
        if parts.dtype != np.int64 or parts.shape != need.shape:
            raise ValueError("a part for every community")
        if not policy.by_need and not np.array_equal(parts, policy.share_out(city.places, whole, p, need)):
            raise ValueError("shared out otherwise")
        rooms = (policy.room(place, p) for place in city.places)
        fits = all(room is None or part <= room for part, room in zip(parts.tolist(), rooms, strict=True))
        if (parts < 0).any() or not fits or parts.sum() > policy.amount(whole):
            raise ValueError("more than there is room for")


def _typed(column: NDArray[Any], like: NDArray[Any]) -> NDArray[Any]:
    """A table with the very type of a table of that name, if it is equal: a file does not keep that fields
    are aligned, and compiled code would be compiled once more."""
    return column.view(like.dtype) if column.dtype == like.dtype else column
