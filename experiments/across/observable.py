"""What somebody could find out in the field, and how precisely n households tell it.

One adult answers in each household, drawn at random; errors are those of a simple random sample. Whoever runs
the survey knows better what its design adds: multiply n by that.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linli.model.text import Text

SPREAD = 0.25
"""Standard deviation of an answer on a scale from 0 to 1, where nobody has measured it (assumption)."""
Error = Callable[[pd.DataFrame, float], "pd.Series[float]"]
"""The standard error by world, from measures of the baseline (a row a world), for n households."""


@dataclass(frozen=True)
class Observable:
    """One quantity. name: a measure of the baseline, or a parameter that an experiment estimates; how: of
    whom it is asked; error: its standard error by world, in its own unit, for n households."""

    name: str
    how: Text
    error: Error


def _share(name: str, of: str | None = None) -> Error:
    """A share among all who answer, or among those of another share."""

    def error(worlds: pd.DataFrame, n: float) -> "pd.Series[float]":
        p = worlds[name].clip(0.0, 1.0)
        return np.sqrt(p * (1.0 - p) / (n * _asked(worlds, of)))

    return error


def _asked(worlds: pd.DataFrame, of: str | None) -> "pd.Series[float]":
    """The share of those who answer whom a question concerns."""
    return pd.Series(1.0, index=worlds.index) if of is None else worlds[of].clip(0.001, 1.0)


def _count(name: str) -> Error:
    """A mean number of things that come at random: its variance is its mean."""
    return lambda worlds, n: np.sqrt(worlds[name].clip(lower=0.0) / n)


def _amount(name: str, of: str) -> Error:
    """A mean of amounts that differ as much as they are large."""
    return lambda worlds, n: worlds[name] / np.sqrt(n * _asked(worlds, of))


def _scale(worlds: pd.DataFrame, n: float) -> "pd.Series[float]":
    """A mean of answers on a scale from 0 to 1."""
    return pd.Series(SPREAD / np.sqrt(n), index=worlds.index)


def _gap(worlds: pd.DataFrame, n: float) -> "pd.Series[float]":
    """A difference of engaged shares between two halves of those who answer."""
    p = worlds["engaged_share"].clip(0.0, 1.0)
    return np.sqrt(4.0 * p * (1.0 - p) / n)


def _experiment(difference: float) -> Error:
    """A parameter that adds to the log-odds of acting, from a half for whom its term is larger by so much."""

    def error(worlds: pd.DataFrame, n: float) -> "pd.Series[float]":
        p = worlds["engaged_share"].clip(0.001, 0.999)
        return np.sqrt(4.0 / (n * p * (1.0 - p))) / difference

    return error


TOLD = 0.18
"""By how much those differ whom two halves hear of: 64 % against 46 % (Frey & Meier 2004)."""
ONE_SEEN = 0.5
"""What one serving member whom everybody in the building sees adds to s / (s + 1)."""
ALL = Text("every adult asked", "所有受访成年人")
ACTED = Text("those who acted in the last 30 days", "近30天参与过的人")
ACTIVE = Text("those active in the year", "当年参与过的人")
VOLUNTEERS = Text("registered volunteers", "注册志愿者")
REPORTED = Text("those who reported in the year", "当年上报过的人")
ASKED = Text("a field experiment: half are asked, half are not", "实地试验：一半人受邀，一半人不受邀")
HEARD = Text(
    "a field experiment: halves hear that 64 or 46 % of neighbours take part",
    "实地试验：一半人得知64%、另一半46%的邻居参与",
)
SERVED = Text(
    "a field experiment: half the buildings see one member serve, half none",
    "实地试验：一半楼栋见到一名党员服务，一半没有",
)
OBSERVABLES = (
    Observable("asked_share", ACTED, _share("asked_share", "engaged_share")),
    Observable("weekend_share", ACTED, _share("weekend_share", "engaged_share")),
    Observable("engaged_share", ALL, _share("engaged_share")),
    Observable("active_in_year", ALL, _share("active_in_year")),
    Observable("acts_of_active", ACTIVE, _amount("acts_of_active", "active_in_year")),
    Observable("hours_of_active", ACTIVE, _amount("hours_of_active", "active_in_year")),
    Observable("volunteers_registered", ALL, _share("volunteers_registered")),
    Observable("volunteers_active", VOLUNTEERS, _share("volunteers_active", "volunteers_registered")),
    Observable("matters_reported", ALL, _count("matters_reported")),
    Observable("true_resolution", REPORTED, _share("true_resolution", "matters_reported")),
    Observable("need_in_sight", ALL, _count("need_in_sight")),
    Observable("trust", ALL, _scale),
    Observable("efficacy", ALL, _scale),
    Observable("gap_owner_tenant", ALL, _gap),
    Observable("gap_old_young", ALL, _gap),
    Observable("A_stranger", ASKED, _experiment(1.0)),
    Observable("A_known", ASKED, _experiment(1.0)),
    Observable("J", HEARD, _experiment(TOLD)),
    Observable("chi", SERVED, _experiment(ONE_SEEN)),
)
"""Measures are those of the baseline, without the policy."""
