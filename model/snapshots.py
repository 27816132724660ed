"""Snapshots: a city on a morning, as a file from which any number of runs go on.

A snapshot is a NumPy archive (.npz) of the tables, the records so far and the scenario as TOML: no pickle, so
that a file from elsewhere can do nothing but be read. It is written beside its place and moved there at once:
an interrupted run leaves the old file or none.
"""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.compiled import SOURCE_HASH
from model import scenario as scenarios
from model.array import sound
from model.array.columns import World, records
from model.array.settling import check_memory
from model.city import DAYS_PER_PASS, City
from model.communities import communities_of
from model.errors import InputError
from model.files import write_whole
from model.hours import Shares
from model.policies import Policy
from model.record import COLUMNS
from model.spans import MAX_DURATION

FORMAT = 1


def save(city: City, file: str | Path) -> None:
    """Write a city as it stands this morning. Raises InputError if the file cannot be written."""
    file = Path(file)
    about = {
        "format": FORMAT,
        "code": SOURCE_HASH,
        "day": city.day,
        "number": int(city.world.com["number"][0]) if len(city.places) == 1 else None,
        "scenario": scenarios.to_toml(city.settings),
    }
    arrays: dict[str, Any] = {"about": np.array(json.dumps(about))}
    for name, column in zip(World._fields, city.world, strict=True):
        arrays[f"world.{name}"] = column
    arrays["hours.people"], arrays["hours.minutes"] = city.hours.people, city.hours.minutes
    arrays["rows"], arrays["durations"] = city.rows, city.durations
    arrays["shares"] = np.array(city.shares, dtype=float).reshape(-1, 4)
    for at, heads in city.targets.items():
        arrays[f"target.{at}"] = heads
    try:
        write_whole(file, lambda path: _write(path, arrays))
    except OSError as error:
        raise InputError(f"cannot write snapshot {file}: {error.strerror or error}") from None


def _write(file: Path, arrays: dict[str, Any]) -> None:
    """Write an archive; given a path, NumPy would add an ending of its own."""
    with file.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)


def load(
    file: str | Path,
    *,
    policies: str | Sequence[Policy | str] = (),
    days: int | None = None,
    threads: int = 1,
    days_per_pass: int = DAYS_PER_PASS,
) -> City:
    """A city that goes on from a snapshot, with further policies if wanted: bit for bit as if never stopped.

    policies: may start on the snapshot's day or later; days: another length of the run, counted from the end
    of the burn-in (None: the one it had). Raises InputError for a file that is not a snapshot of this version
    of linli, or is damaged, and for policies that should have acted before.
    """
    about, settings = _about(file)
    if days is not None:
        settings = settings.but(days=days)
    if about["day"] > settings.burn_in + settings.days:
        raise InputError(
            f"snapshot {file} stands on day {about['day'] - settings.burn_in}, after the end of a run of "
            f"{settings.days} days"
        )
    try:
        check_memory(Path(file).stat().st_size, f"snapshot {file}")
        with np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files if name != "about"}
        city = _city(settings, about, arrays, policies, threads)
        city.days_per_pass = days_per_pass
        return city
    except OSError as error:
        raise InputError(f"cannot read snapshot {file}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file} is not a snapshot of linli, or it is damaged") from None


def scenario_of(file: str | Path) -> scenarios.Scenario:
    """The scenario of a snapshot, without its tables. Raises InputError as `load` does."""
    return _about(file)[1]


def day_of(file: str | Path) -> int:
    """The morning a snapshot was taken on, counted from the first day of the run."""
    return int(_about(file)[0]["day"])


def _about(file: str | Path) -> tuple[dict[str, Any], scenarios.Scenario]:
    try:
        with np.load(file, allow_pickle=False) as archive:
            about = json.loads(str(archive["about"]))
            _check_version(file, about)
            return about, scenarios.from_toml(about["scenario"])
    except OSError as error:
        raise InputError(f"cannot read snapshot {file}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file} is not a snapshot of linli, or it is damaged") from None


def _check_version(file: str | Path, about: dict[str, Any]) -> None:
    if about["format"] != FORMAT or about["code"] != SOURCE_HASH:
        raise InputError(
            f"snapshot {file} was made by other rules (code {about['code']}, here {SOURCE_HASH}): "
            "a run that goes on from it would mix the two; make it again"
        )


def _city(
    settings: scenarios.Scenario,
    about: dict[str, Any],
    arrays: dict[str, NDArray[Any]],
    policies: str | Sequence[Policy | str],
    threads: int,
) -> City:
    world = World(*(_typed(arrays[f"world.{name}"]) for name in World._fields))
    sound.check(world)
    parts = dict(communities_of(settings.place))
    numbers = world.com["number"][:-1].tolist()
    places = [parts[n] if settings.place.communities > 1 else settings.place for n in numbers]
    day = int(about["day"])
    if arrays["rows"].shape != (day, len(COLUMNS)) or arrays["durations"].shape != (day, MAX_DURATION):
        raise ValueError("records of other days than those before the snapshot")
    city = City.resumed(settings, places, world, day, threads)
    city.hours.people[:], city.hours.minutes[:] = arrays["hours.people"], arrays["hours.minutes"]
    city.restore_records(
        arrays["rows"], arrays["durations"], [Shares(*row) for row in arrays["shares"].tolist()]
    )
    city.targets = {
        int(name.removeprefix("target.")): heads
        for name, heads in arrays.items()
        if name.startswith("target.")
    }
    return city.branch(policies) if policies else city


def _typed(column: NDArray[Any]) -> NDArray[Any]:
    return column.astype(records(column.dtype), copy=False) if column.dtype.names else column
