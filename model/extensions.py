"""Extensions: policies, measures and stop conditions of one's own, without a change of linli's code.

A file of Python with

    import linli

    class Canteen(linli.Policy):                       # a policy: its levers and its cost
        name = "canteen"
        share: float = linli.option(0.5, 0, 1, "share", "of elders served", "服务老人比例")
        def change(self, levers, level, place): ...
        def cost(self, levers, level, today, place, p): return linli.Cost(minutes, yuan)

    @linli.measure("share of adults", "参与率")         # a measure: a number of a window of days
    def taking_part(w): ...

    @linli.stop                                        # a stop condition: asked every morning
    def enough(run): return run.measures()["engaged_share"] > 0.2

is run when somebody names it (`--with FILE.py`, `linli.extend`), and never because a study, a scenario, a
snapshot or a link speaks of it. In place of a file stands the name of an entry point of the group
`linli.extensions` that an installed package has. What was brought is part of the code of a run: its hash
stands in the provenance, in the identity of a study and in snapshots.
"""

import dataclasses
import hashlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from linli.model import scenario as scenarios
from linli.model.errors import InputError, unknown
from linli.model.measures import MEASURES, Measure, Window
from linli.model.policies import ALL_SYSTEMS, POLICIES, Policy
from linli.model.policies.own import answered
from linli.model.reading import TEXT, content_of, text_of
from linli.model.stopping import STOPS
from linli.model.text import Text
from linli.model.units import OWN, UNITS

GROUP = "linli.extensions"
"""Entry points of installed packages that `--with` knows by name."""
_NAME = "linli_extension_"
_NOT_SAID = Text("not said", "未说明")


@dataclass(frozen=True)
class Extension:
    """What somebody brought. where: the file or the entry point; source: its code; hash: of that."""

    where: str
    source: str
    hash: str
    policies: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For provenance: its name without the folder it stood in, and what it brought."""
        brought = {
            "policies": list(self.policies), "measures": list(self.measures), "stops": list(self.stops)
        }  # fmt: skip
        return {"name": Path(self.where).name, "hash": self.hash, **brought}


_loaded: dict[str, Extension] = {}


def loaded() -> tuple[Extension, ...]:
    """Everything that was brought into this process, in order."""
    return tuple(_loaded.values())


def provenance() -> dict[str, Any]:
    """What was brought, to stand beside the code; nothing where nothing was."""
    return {"extensions": [one.as_data() for one in loaded()]} if _loaded else {}


def hash_of_policy(name: str) -> str | None:
    """The hash of the code of a policy of somebody's own; None of one that comes with linli."""
    return next((one.hash for one in loaded() if name in one.policies), None)


def extend(where: str | Path) -> Extension:
    """Bring what a file, or an entry point of the group `linli.extensions`, holds. The same code again
    changes nothing; changed code takes the place of the old.

    Raises InputError for what is neither, and for code that fails, with its line.
    """
    text = str(where)
    if text.endswith(".py"):
        return brought(text, _source_of(Path(text)))
    points = {point.name: point for point in importlib.metadata.entry_points(group=GROUP)}
    if text not in points:
        raise unknown("extension", text, [*points, "a path to a .py file"])
    module = points[text].module
    found = answered(f"extension {text}", lambda: importlib.util.find_spec(module))
    if found is None or found.origin is None or not found.origin.endswith(".py"):
        raise InputError(
            f"extension {text}: its package names the module {module}, which is no file of Python"
        )
    return brought(text, _source_of(Path(found.origin)))


def extend_all(given: Iterable[str | Path] | None) -> None:
    """The same for several, such as those of `--with`."""
    for where in given or ():
        extend(where)


def also(extensions: Iterable[Extension]) -> None:
    """Bring what another process was given: a worker has the very code of whoever sent it work."""
    for one in extensions:
        brought(one.where, one.source)


def _source_of(file: Path) -> str:
    try:
        return text_of(content_of(file, TEXT), f"extension {file}").removeprefix("\ufeff")
    except OSError as error:
        raise InputError(f"cannot read extension {file}: {error.strerror or error}") from None


def brought(where: str, source: str) -> Extension:
    """Run some code, and register what it holds."""
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    there = _loaded.get(where)
    if there is not None and there.hash == digest:
        return there
    if there is not None:
        _forget(there)
    with _all_or_nothing():
        before = {*MEASURES, *STOPS}
        module = _run(where, source, digest)
        policies = tuple(_policy(where, found) for found in _policies_in(module))
        measures = tuple(name for name in MEASURES if name not in before)
        stops = tuple(name for name in STOPS if name not in before)
        for name in measures:
            _measure(where, name)
        if not (policies or measures or stops):
            raise InputError(f"extension {where} has no policy, no measure and no stop condition")
        _loaded[where] = Extension(where, source, digest, policies, measures, stops)
    scenarios.from_toml.cache_clear()  # a text may mean something else now
    return _loaded[where]


def _run(where: str, source: str, digest: str) -> ModuleType:
    """The code as a module of its own, which processes that have it too know by its name."""
    module = ModuleType(f"{_NAME}{digest}")
    module.__file__ = where
    sys.modules[module.__name__] = module
    answered(f"extension {where}", lambda: exec(compile(source, where, "exec"), module.__dict__))
    return module


def _policies_in(module: ModuleType) -> Iterator[type[Policy]]:
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, Policy) and found.__module__ == module.__name__:
            yield found


def _policy(where: str, found: type[Policy]) -> str:
    """Register a policy; what it does not say of itself is filled in."""
    name = vars(found).get("name")
    if not isinstance(name, str) or not name.isidentifier():
        raise InputError(f'extension {where}: the policy {found.__name__} needs a name = "...", of one word')
    if name in POLICIES:
        raise InputError(f"extension {where}: there is a policy {name} already: call it by another name")
    if found.system and found.system not in ALL_SYSTEMS:
        raise unknown(f"system of policy {name}", found.system, ALL_SYSTEMS)
    if "__dataclass_params__" not in vars(found):
        found = dataclasses.dataclass(frozen=True, kw_only=True)(found)
    for f in dataclasses.fields(found):
        if not f.metadata:
            raise InputError(
                f"extension {where}: write option {f.name} of policy {name} as "
                "linli.option(default, low, high, unit, English, Chinese)"
            )
        _unit(where, f.metadata["unit"])
    label = (found.__doc__ or name).strip().splitlines()[0].rstrip(".")
    for word, otherwise in (("en", label), ("zh", getattr(found, "en", label))):
        if not hasattr(found, word):
            setattr(found, word, otherwise)
    for word in ("who", "changes", "costs", "fails"):
        if not hasattr(found, word):
            setattr(found, word, _NOT_SAID)
    answered(f"extension {where}: policy {name}", found)  # its defaults fit their ranges
    POLICIES[name] = found
    return name


@dataclass(frozen=True)
class _Own:
    """A measure of somebody's own: a number, or an error that says where."""

    name: str
    function: Callable[[Window], Any]

    def __call__(self, w: Window) -> float:
        return float(answered(f"measure {self.name}", lambda: float(self.function(w))))


def _measure(where: str, name: str) -> None:
    one = MEASURES[name]
    unit: Any = one.unit
    if isinstance(unit, Text):
        OWN[unit.en], unit = unit.zh, unit.en
    _unit(where, unit)
    MEASURES[name] = Measure(one.name, unit, one.en, one.zh, _Own(name, one.of))


def _unit(where: str, unit: object) -> None:
    if not isinstance(unit, str) or (unit not in UNITS and unit not in OWN):
        raise InputError(
            f"extension {where}: the unit {unit!r} is new: write it as linli.Text(English, Chinese)"
        )


def forget() -> None:
    """Take back everything that was brought into this process."""
    for one in loaded():
        _forget(one)
    scenarios.from_toml.cache_clear()


def _forget(one: Extension) -> None:
    for table, names in ((POLICIES, one.policies), (MEASURES, one.measures), (STOPS, one.stops)):
        for name in names:
            table.pop(name, None)
    del _loaded[one.where]


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Code that fails half-way leaves nothing behind."""
    tables: tuple[dict[str, Any], ...] = (POLICIES, MEASURES, STOPS, OWN)
    before = [dict(table) for table in tables]
    try:
        yield
    except BaseException:
        for table, was in zip(tables, before, strict=True):
            table.clear()
            table.update(was)
        raise
