"""Whether a manifest that may come from anybody is one: every entry that is used, of its type, named if
not."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from linli.model.policies import POLICIES

MOST_POINTS = 1_000_000
MOST_LISTED = 10_000
"""Factors, arms, measures or policies."""
LONGEST = 2**20
"""Characters of a text."""
KINDS = ("number", "whole", "word")
_TEXTS = ("identity", "code", "scenario", "engine")
_LABELLED = {"name": str, "unit": str, "en": str, "zh": str}


def what_is_wrong(manifest: Mapping[str, Any]) -> str | None:
    """The first entry that cannot be used and why; None if all can."""
    try:
        _check(manifest)
    except ValueError as error:
        return str(error)
    return None


def _check(m: Mapping[str, Any]) -> None:
    for name in _TEXTS:
        _entry(m, name, str)
    for name in ("days", "burn_in"):
        _entry(m, name, int)
    study = _entry(m, "study", dict)
    for name in ("name", "title", "title_zh", "text"):
        _entry(study, name, str, "study.")
    _named(study.get("named", {}))
    versions = _entry(m, "versions", dict)
    for name in versions:
        _entry(versions, name, str, "versions.")
    _entry(m, "seeds", dict)
    _design(_entry(m, "design", dict))
    _listed(m, "factors", {**_LABELLED, "kind": str})
    for factor in m["factors"]:
        if factor["kind"] not in KINDS:
            raise ValueError(f"factors: {factor['name']} is of no kind there is")
    _listed(m, "measures", _LABELLED)
    _listed(m, "arms", {"name": str, "policies": list})
    own = _own_policies(m.get("extensions", []))
    for arm in m["arms"]:
        for policy in arm["policies"]:
            _policy(arm["name"], policy, own)
    _worlds(m.get("worlds", []))
    keep = _entry(m, "keep", dict)
    _entry(keep, "compounds", bool, "keep.")
    if "years" in keep:
        _entry(keep, "years", bool, "keep.")
    if not all(isinstance(name, str) for name in _entry(keep, "daily", list, "keep.")):
        raise ValueError("keep.daily must be a list of names")
    _distinct("factors and measures", [one["name"] for one in (*m["factors"], *m["measures"])])
    _distinct("keep.daily", keep["daily"])
    _seeds(m["seeds"], m["design"]["kind"])


def _entry(table: Mapping[str, Any], name: str, kind: type, where: str = "") -> Any:
    value = table.get(name)
    if type(value) is not kind:
        raise ValueError(f"{where}{name} must be {_KINDS_SAID[kind]}")
    if isinstance(value, str | list | dict) and len(value) > LONGEST:
        raise ValueError(f"{where}{name} is too long")
    return value


_KINDS_SAID = {
    str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"
}  # fmt: skip


def _listed(m: Mapping[str, Any], name: str, entries: Mapping[str, type]) -> None:
    """A list of tables, each with these entries."""
    listed = _entry(m, name, list)
    if len(listed) > MOST_LISTED:
        raise ValueError(f"{name} has more than {MOST_LISTED:,} entries")
    for number, one in enumerate(listed, 1):
        if not isinstance(one, dict):
            raise ValueError(f"{name}: entry {number} must be a table")
        for entry, kind in entries.items():
            _entry(one, entry, kind, f"{name}: entry {number}: ")


def _distinct(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what}: the name {name} stands there twice")


def _design(design: Mapping[str, Any]) -> None:
    _entry(design, "kind", str, "design.")
    if not 1 <= _entry(design, "points", int, "design.") <= MOST_POINTS:
        raise ValueError(f"design.points must be between 1 and {MOST_POINTS:,}")


def _seeds(seeds: Mapping[str, Any], kind: str) -> None:
    """First and count, or first and until; a search has none."""
    if kind == "search":
        return
    _entry(seeds, "first", int, "seeds.")
    if "until" in seeds:
        _entry(_entry(seeds, "until", dict, "seeds."), "at_most", int, "seeds.until.")
    else:
        _entry(seeds, "count", int, "seeds.")


def _worlds(worlds: object) -> None:
    """Of a study over worlds: the parameters of each."""
    if not isinstance(worlds, list) or len(worlds) > MOST_LISTED:
        raise ValueError(f"worlds must be a list of at most {MOST_LISTED:,} tables")
    for world in worlds:
        if not isinstance(world, dict) or not all(type(v) in (int, float) for v in world.values()):
            raise ValueError("worlds must be tables of parameter = number")


def _named(named: object) -> None:
    """What values of factors mean to people: texts, by column, value and language."""
    if not isinstance(named, dict) or not all(isinstance(values, dict) for values in named.values()):
        raise ValueError("study.named must be tables of value = [English, Chinese]")
    for values in named.values():
        for value, said in values.items():
            float(value)
            if not isinstance(said, list) or [type(text) for text in said] != [str, str]:
                raise ValueError("study.named must be tables of value = [English, Chinese]")


def _own_policies(brought: object) -> set[str]:
    """Names of policies that an extension brought, whose code is neither here nor looked for."""
    if not isinstance(brought, list) or len(brought) > MOST_LISTED:
        raise ValueError("extensions must be a list of tables")
    found: set[str] = set()
    for one in brought:
        if not isinstance(one, dict):
            raise ValueError("extensions must be a list of tables")
        for name in ("name", "hash"):
            _entry(one, name, str, "extensions.")
        names = _entry(one, "policies", list, "extensions.")
        if not all(isinstance(name, str) for name in names):
            raise ValueError("extensions.policies must be a list of names")
        found |= set(names)
    return found


def _policy(arm: str, policy: object, own: set[str]) -> None:
    """A policy that there is, with options that it has; whether their values fit shows when a run is made."""
    name = policy.get("name") if isinstance(policy, dict) else None
    if not isinstance(policy, dict) or not isinstance(name, str) or not (name in POLICIES or name in own):
        raise ValueError(f"arms: the policies of {arm} must be tables with the name of a policy")
    valid = {"name", *(f.name for f in dataclasses.fields(POLICIES[name]))} if name in POLICIES else {*policy}
    if not valid.issuperset(policy) or not all(isinstance(v, str | int | float) for v in policy.values()):
        raise ValueError(f"arms: policy {name} of {arm} has options that it does not know")
