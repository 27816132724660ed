"""Arms as factors: which policies an arm has, and how, so that arms can be crossed and compared."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from linli.model.policies import POLICIES

WITHOUT, WITH = "without", "with"
"""Levels of a policy that an arm lacks, and of one that it has as it comes."""
Arms = Mapping[str, Sequence[Mapping[str, Any]]]
"""The policies of each arm, as tables of name and options."""


def levels_of_arms(arms: Arms, factors: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each policy that arms do not share: its level in each arm. factors: options that points set."""
    named = {arm: {table["name"]: table for table in tables} for arm, tables in arms.items()}
    found: dict[str, dict[str, str]] = {}
    for policy in POLICIES:
        levels = {arm: _level(policy, tables.get(policy), factors) for arm, tables in named.items()}
        if len(set(levels.values())) > 1:
            found[policy] = levels
    return found


def _level(policy: str, table: Mapping[str, Any] | None, factors: Sequence[str]) -> str:
    """`without`, `with`, a word that the policy takes (`random`), or its options (`share=0.5`)."""
    if table is None:
        return WITHOUT
    options = {name: value for name, value in table.items() if name != "name"}
    words = []
    for f in dataclasses.fields(POLICIES[policy]):
        if "choices" in f.metadata and f"{policy}_{f.name}" not in factors:
            words.append(str(options.pop(f.name, f.default)))
    words += [f"{name}={value}" for name, value in options.items() if f"{policy}_{name}" not in factors]
    return ", ".join(words) or WITH


def applied(frame: pd.DataFrame, factors: Sequence[str], arms: Arms) -> pd.DataFrame:
    """The same with options of policies left blank in arms that have not got the policy."""
    frame = frame.copy()
    for name in factors:
        policy = name.partition("_")[0]
        lacking = [arm for arm, tables in arms.items() if policy not in {table["name"] for table in tables}]
        if policy in POLICIES and lacking:
            there = ~frame["arm"].isin(lacking)
            blank = np.nan if pd.api.types.is_numeric_dtype(frame[name]) else None
            frame[name] = frame[name].where(there, blank)
    return frame
