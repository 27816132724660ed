"""What a store says about itself: the study, the code and the columns. Written once, before the first run."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from agents.compiled import SOURCE_HASH
from experiments import output
from experiments.factors import Value
from experiments.named import as_data
from experiments.study import BASELINE, Study
from model.measures import MEASURES
from model.scenario import to_toml

FORMAT = 1
NUMERICS = ("linli", "numpy", "numba")
"""Packages whose version may change the last bit of a number."""


def manifest_of(study: Study, points: Sequence[tuple[Value, ...]]) -> dict[str, Any]:
    """Everything that identifies the runs of a study on this code, and what their columns mean.

    Nothing in it depends on the machine, the day or the order of work: any process that starts the same study
    writes the same manifest.
    """
    versions = output.versions()
    about = {
        "format": FORMAT,
        "scenario": to_toml(study.scenario),
        "engine": study.engine,
        "days": study.scenario.days,
        "burn_in": study.scenario.burn_in,
        "design": {**study.design.as_data(), "points": len(points)},
        "factors": [factor.as_data() for factor in study.factors],
        "arms": [{"name": arm.name, "policies": [dict(p) for p in arm.policies]} for arm in study.arms],
        "seeds": study.seeds.as_data(),
        "keep": {"daily": list(study.keep.daily), "compounds": study.keep.compounds},
        "measures": [{"name": m.name, "unit": m.unit, "en": m.en, "zh": m.zh} for m in MEASURES.values()],
    }
    code = {"code": SOURCE_HASH, "versions": {name: versions[name] for name in NUMERICS}}
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
    changed = [name for name in here if name not in ("identity", "study") and there.get(name) != here[name]]
    return f"another study (its {', '.join(changed) or 'points'} differ)"


def arm_names(manifest: Mapping[str, Any]) -> list[str]:
    """The arms of a study, the baseline first."""
    return [BASELINE, *(arm["name"] for arm in manifest["arms"])]
