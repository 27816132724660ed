"""The ensemble as it ships: a small table, and what it was made of."""

from typing import Any

import pandas as pd
import tomli_w

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.calibration.lived import NEED
from linli.experiments.calibration.search import Found, Search
from linli.experiments.evidence import hash_of
from linli.experiments.output import Writers, version, versions
from linli.experiments.store.manifest import NUMERICS

PINNED = 3
"""Worlds whose measures are written down with their seed, so that a test can tell changed rules from code
that was only rewritten."""


def table(search: Search, found: Found) -> pd.DataFrame:
    """A row a world, in the order drawn; a column a parameter."""
    return found.worlds[[*search.prior.names, "n_bar"]]


def files(search: Search, found: Found) -> Writers:
    """PLACE.csv and PLACE.toml, as `experiments.worlds` reads them."""
    name = search.scenario.name
    about = tomli_w.dumps(provenance(search, found)).encode()
    return {
        f"{name}.csv": lambda path: table(search, found).to_csv(path, index=False, lineterminator="\n"),
        f"{name}.toml": lambda path: path.write_bytes(about),
    }


def provenance(search: Search, found: Found) -> dict[str, Any]:
    """Of which seed, code and evidence the worlds came, how, and what the first of them gave."""
    scenario = search.scenario
    return {
        "place": scenario.name,
        "command": f"linli calibrate {scenario.name} --renew",
        "worlds": len(found.worlds),
        "seed": scenario.seed,
        "days": scenario.days,
        "burn_in": scenario.burn_in,
        "code": SOURCE_HASH,
        "evidence": hash_of(search.targets),
        "versions": {name: versions()[name] for name in NUMERICS} | {"linli": version()},
        "free": {f.name: [f.low, f.high] for f in search.prior.factors},
        "acceptance": round(found.acceptance, 4),
        "lived": len(found.everything),
        "waves": [{"lived": s.lived, "fit": s.inside, "prior": round(s.share, 6)} for s in found.waves],
        "pinned": [
            {"seed": int(row["seed"]), "measures": {m: float(row[m]) for m in _pinned(search)}}
            for row in found.worlds.head(PINNED).to_dict("records")
        ],
    }


def _pinned(search: Search) -> list[str]:
    return [*(figure.measure for figure in search.targets), NEED]
