"""What a run leaves behind: its measures, and if asked for its days, its years and its compounds."""

from typing import Any

import numpy as np

from linli.agents.rules.participation import engaged_since
from linli.agents.traits import CHILD, NEVER, RESIDENT, SUMMED
from linli.experiments.runner.column import Column
from linli.model.attribution.channels import CHANNELS
from linli.model.attribution.measures import UNIT
from linli.model.attribution.result import Attribution
from linli.model.engines import Engine
from linli.model.measures.spans import YEAR

COMPOUND = (
    Column("compound", "int32", "number", "compound, from 0", "小区编号（从0起）"),
    Column("residents", "int32", "residents", "residents", "居民数"),
    Column("adults", "int32", "adults", "adults", "成年人数"),
    Column(
        "engaged_share", "double", "share", "adults who acted in the last 30 days", "近30天参与的成年人占比"
    ),
    Column("volunteers", "int32", "residents", "registered volunteers", "注册志愿者数"),
    Column(
        "hours_year", "double", "h", "hours given by residents since the year began", "今年以来居民投入工时"
    ),
    *(
        Column(t.name, "double", t.unit, f"{t.name}, mean of adults: {t.meaning}", f"{t.name}（成年人均值）")
        for t in RESIDENT
        if t.name in SUMMED
    ),
)
"""Columns of the table `compounds`: the last day of a run, one row a compound."""

OF_YEAR = (
    Column("year", "int32", "years", "year, from 1 at the end of the burn-in", "年（预热期结束后从1起）"),
    *(Column(c.name, "double", UNIT, f"acts: {c.en}", f"参与：{c.zh}") for c in CHANNELS),
)
"""Columns of the table `years`: the acts that policies brought about or took away, by what differed first."""


def daily_of(run: Engine, names: tuple[str, ...]) -> dict[str, Any]:
    """Chosen measures day by day, as columns: day, counted from the end of the burn-in, and one a measure."""
    tidy = run.daily()
    wide = tidy[tidy["measure"].isin(names)].pivot(index="day", columns="measure", values="value")
    return {"day": wide.index.to_numpy(), **{name: wide[name].to_numpy() for name in names}}


def years_of(result: Attribution, adults: int) -> dict[str, Any]:
    """What attribution says of each year, as columns: those of OF_YEAR. The last year may be shorter."""
    days = len(result.acts)
    firsts = range(0, days, YEAR)
    totals = [result.between(first, first + YEAR).total("acts") for first in firsts]
    scales = [1000.0 / (adults * (min(first + YEAR, days) - first)) for first in firsts]
    acts = {
        c.name: np.array([scale * total[c.name] for scale, total in zip(scales, totals, strict=True)])
        for c in CHANNELS
    }
    return {"year": np.arange(1, len(totals) + 1), **acts}


def compounds_of(run: Engine) -> dict[str, Any]:
    """The compounds at the end of a run, as columns: those of COMPOUND."""
    now = run.columns("resident")
    compound, adult = now["compound"], now["age"] != CHILD
    many = int(compound.max()) + 1
    adults = np.bincount(compound[adult], minlength=many)

    def count(which: Any) -> Any:
        return np.bincount(compound[which], minlength=many)

    def mean(name: str) -> Any:
        # a compound without adults has no mean
        with np.errstate(invalid="ignore"):
            return np.bincount(compound[adult], now[name][adult], many) / adults

    engaged = adult & (now["last_acted"] >= engaged_since(run.day - 1))
    with np.errstate(invalid="ignore"):
        share = count(engaged) / adults
    return {
        "compound": np.arange(many),
        "residents": np.bincount(compound, minlength=many),
        "adults": adults,
        "engaged_share": share,
        "volunteers": count(now["registered"] > NEVER),
        "hours_year": np.bincount(compound, now["minutes_year"], many) / 60.0,
        **{name: mean(name) for name in SUMMED},
    }
