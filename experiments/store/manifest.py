"""What a store says about itself: the study, the code and the columns. Written once, before the first run."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments import output
from linli.experiments.study import Study
from linli.experiments.study.factors import Value
from linli.experiments.study.level_names import as_data
from linli.model import extensions
from linli.model.attribution.measures import EVERY
from linli.model.measures import MEASURES
from linli.model.scenario import to_toml

FORMAT = 1
SEARCH = "search"
"""The design of a study whose arms are found as it goes: what it has tried stands in its runs."""
NUMERICS = ("linli", "numpy", "numba")
"""Packages whose version may change the last bit of a number."""


def manifest_of(study: Study, points: Sequence[tuple[Value, ...]]) -> dict[str, Any]:
    """Everything that identifies the runs of a study on this code, and what their columns mean.

    Nothing in it depends on the machine, the day or the order of work: any process that starts the same study
    writes the same manifest.
    """
    return _manifest(study, points, study.design.as_data(), study.seeds.as_data())


def manifest_of_search(study: Study) -> dict[str, Any]:
    """Of a study at one point whose arms and seeds are not known beforehand: every mix of policies that is
    tried is an arm, named by the policies as one types them. Searches that differ only in what they look for
    share their runs."""
    return _manifest(study, [()], {"kind": SEARCH}, {})


def _manifest(
    study: Study, points: Sequence[tuple[Value, ...]], design: Mapping[str, Any], seeds: Mapping[str, Any]
) -> dict[str, Any]:
    versions = output.versions()
    kept = EVERY if study.attribution else MEASURES
    about: dict[str, Any] = {
        "format": FORMAT,
        "scenario": to_toml(study.scenario),
        "engine": study.engine,
        "days": study.scenario.days,
        "burn_in": study.scenario.burn_in,
        "design": {**design, "points": len(points)},
        "factors": [factor.as_data() for factor in study.factors],
        "arms": [{"name": arm.name, "policies": [dict(p) for p in arm.policies]} for arm in study.arms],
        "seeds": dict(seeds),
        "keep": {"daily": list(study.keep.daily), "compounds": study.keep.compounds},
        "measures": [{"name": m.name, "unit": m.unit, "en": m.en, "zh": m.zh} for m in kept.values()],
    }
    if study.keep.years:
        about["keep"]["years"] = True
    if study.worlds:
        about["worlds"] = [dict(world) for world in study.worlds]
    if study.stop:
        about["stop"] = study.stop
    code = {
        "code": SOURCE_HASH,
        "versions": {name: versions[name] for name in NUMERICS},
        **extensions.provenance(),
    }
    return {
        "identity": digest({**about, **code, "points": [list(point) for point in points]}),
        "study": {
            "name": study.name,
            "title": study.title,
            "title_zh": study.title_zh,
            "named": as_data(study.named),
            "text": study.text,
        },
        **code,
        **about,
    }


def digest(value: Any) -> str:
    """A short hash of plain data."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def difference(there: Mapping[str, Any], here: Mapping[str, Any]) -> str | None:
    """Why two manifests do not describe the same runs, None if they do."""
    if there["identity"] == here["identity"]:
        return None
    if there["code"] != here["code"]:
        return f"other code (rules {there['code'][:8]} there, {here['code'][:8]} here)"
    for name, version in here["versions"].items():
        if there["versions"].get(name) != version:
            return f"another version of {name} ({there['versions'].get(name)} there, {version} here)"
    if there.get("extensions") != here.get("extensions"):
        return f"other extensions ({_brought(there)} there, {_brought(here)} here: name them with --with)"
    changed = [name for name in here if name not in ("identity", "study") and there.get(name) != here[name]]
    return f"another study (its {', '.join(changed) or 'points'} differ)"


def _brought(manifest: Mapping[str, Any]) -> str:
    """What somebody brought, by name and hash."""
    return ", ".join(f"{one['name']} {one['hash'][:8]}" for one in manifest.get("extensions", [])) or "none"


def run_id(scenario: str, parameters: Mapping[str, Value], seed: int, policies: Sequence[Any]) -> str:
    """The hash of all that a run depends on. scenario: the digest of its TOML with seed 0."""
    brought = [one.hash for one in extensions.loaded()]
    return digest([SOURCE_HASH, scenario, dict(parameters), seed, list(policies), *brought])
