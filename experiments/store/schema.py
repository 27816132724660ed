"""The columns of a store's tables, from its manifest: names, types, units and what they mean."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from linli.experiments.runner.column import Column
from linli.experiments.runner.kept import COMPOUND, OF_YEAR

KEY = ["point", "arm", "seed"]
"""What tells the rows of `runs` apart."""
_KINDS = {"number": "double", "whole": "int64", "word": "string"}


_RUN = (
    Column("run", "string", "", "hash of all that the run depends on", "运行标识（其全部设定的哈希）"),
    Column("point", "int32", "number", "point of the design, from 0", "设计点编号（从0起）"),
    Column("arm", "string", "", "baseline, or the name of an arm of the study", "对照组或方案名"),
    Column("seed", "int64", "number", "seed; rows of one point and seed share their luck", "随机种子"),
    Column("status", "string", "", "done, or failed", "完成（done）或失败（failed）"),
    Column("error", "string", "", "why a run failed, empty if it did not", "失败原因"),
    Column("seconds", "double", "s", "time that the run took on its machine", "耗时"),
)
_WORLD = Column(
    "world", "int32", "number", "world that fits the evidence, from 0", "符合证据的世界编号（从0起）"
)
"""Of a study over worlds."""
_OF_RUN = _RUN[0]
_DAY = Column("day", "int32", "days", "day, counted from the end of the burn-in", "天（从预热期结束算起）")


def columns_of(table: str, manifest: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns of `runs`, `daily`, `compounds` or `years`."""
    measures = {
        m["name"]: Column(m["name"], "double", m["unit"], m["en"], m["zh"]) for m in manifest["measures"]
    }
    if table == "runs":
        factors = [
            Column(f["name"], _KINDS[f["kind"]], f["unit"], f["en"], f["zh"]) for f in manifest["factors"]
        ]
        worlds = (_WORLD,) if manifest.get("worlds") else ()
        return (*_RUN, *worlds, *factors, *measures.values())
    if table == "daily":
        unknown = {"unit": "", "en": "", "zh": ""}
        kept = [measures.get(n) or Column(n, "double", **unknown) for n in manifest["keep"]["daily"]]
        return (_OF_RUN, _DAY, *kept)
    return (_OF_RUN, *(OF_YEAR if table == "years" else COMPOUND))


def schema_of(table: str, manifest: Mapping[str, Any]) -> pa.Schema:
    """The same for Arrow."""
    return pa.schema([column.field for column in columns_of(table, manifest)])
