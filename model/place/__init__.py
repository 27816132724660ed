"""A place in figures: one community, or a city of many.

One field a figure, with what is known of it: checks, the division of a city, places of another size and the
tables of the ODD read the same rows. Where a value comes from stands beside it in the scenario.
"""

import dataclasses
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from linli.model.errors import InputError, count_of, number_of

MOST = 2**31 - 1
"""The largest count."""


@dataclass(frozen=True)
class Share:
    """How a figure of a city, which is the sum over its communities, is shared out among them.

    each: what every community has before the rest is shared out; by: in proportion to which other figure of
    theirs ("size": the sizes drawn for them; "": by a rule of its own in `model.place.communities`); most:
    the figure that no part exceeds.
    """

    by: str = ""
    most: str = ""
    each: int = 0


COMPOUNDS = Share("residents", most="households", each=1)
"""How compounds are shared out, planned and mixed ones together."""


@dataclass(frozen=True)
class Figure:
    """What is known of a figure besides its value.

    default: None where every scenario has to say; share: None where it is no sum over communities; within:
    the figure it cannot exceed, and why: for what reason; grows: what it goes with in a place of another size
    ("residents" or "compounds"; "": it stays as it is, or is counted).
    """

    name: str
    whole: bool
    low: float
    high: float
    unit: str
    en: str
    zh: str
    default: float | None
    share: Share | None
    within: str
    why: str
    grows: str


def _count(
    low: int,
    unit: str,
    en: str,
    zh: str,
    *,
    default: int | None = None,
    share: Share | None = None,
    within: str = "",
    why: str = "",
    grows: str = "",
) -> Any:
    about = {"low": low, "high": MOST, "unit": unit, "en": en, "zh": zh, "default": default}
    about |= {"share": share, "within": within, "why": why, "grows": grows}
    return field(metadata=about) if default is None else field(default=default, metadata=about)


def _number(default: float, low: float, high: float, unit: str, en: str, zh: str) -> Any:
    about = {"low": low, "high": high, "unit": unit, "en": en, "zh": zh, "default": default}
    about |= {"share": None, "within": "", "why": "", "grows": ""}
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One community in figures, or a city of many; those with a share are sums over its communities.

    Compounds with a property firm: planned ones come first. size_spread: a standard deviation.
    """

    # fmt: off
    residents: int = _count(2, "people", "residents", "居民人数", share=Share("size", each=2))
    households: int = _count(
        2, "households", "households", "户数",
        share=Share("residents", most="residents", each=2), within="residents")
    planned_compounds: int = _count(
        0, "compounds", "planned compounds", "规划小区数",
        share=Share("compounds", most="compounds"), within="compounds", grows="compounds")
    mixed_compounds: int = _count(
        0, "compounds", "mixed compounds, which nobody planned", "混合小区数", share=Share())
    grids: int = _count(
        1, "grids", "grids", "网格数",
        share=Share("residents", most="compounds", each=1), within="compounds", grows="compounds")
    workers: int = _count(
        1, "people", "community workers", "社区工作者人数",
        share=Share("residents", each=1), grows="residents")
    managed_members: int = _count(
        0, "people", "directly managed party members", "直管党员人数",
        share=Share("residents", most="households"), within="households", why="every one has an adult")
    serving_members: int = _count(
        0, "people", "of them, leaders of a branch or group, who serve for good", "其中长期服务的负责人",
        share=Share("managed_members", most="managed_members"), within="managed_members", grows="residents")
    branches: int = _count(
        0, "branches", "branches of the directly managed members", "直管党员的党支部数", default=0,
        share=Share("managed_members", most="managed_members"), within="managed_members",
        why="every one has a member", grows="residents")
    groups: int = _count(
        0, "groups", "party groups of the directly managed members", "直管党员的党小组数", default=0,
        share=Share("managed_members", most="managed_members"), within="managed_members",
        why="every one has a member", grows="residents")
    sunk_members: int = _count(
        0, "people", "sunk members on the register when the run begins", "运行开始时已报到的下沉党员人数",
        share=Share("residents"), grows="residents")
    volunteers: int = _count(
        0, "people", "registered volunteers", "注册志愿者人数", grows="residents",
        share=Share("residents", most="households"), within="households", why="every one has an adult")
    from_drives: float = _number(
        0.0, 0, 1, "share", "volunteers whom drives registered, whatever their motive",
        "由注册动员登记的志愿者比例")
    firms: int = _count(
        0, "firms", "property firms", "物业公司数", grows="compounds",
        share=Share("residents", most="compounds"), within="managed_compounds", why="a firm needs one")
    managed_compounds: int = _count(
        0, "compounds", "compounds with a property firm", "有物业公司的小区数",
        share=Share(), within="compounds", grows="compounds")
    organisations: int = _count(
        0, "organisations", "social organisations", "社会组织数", default=0, share=Share("residents"),
        grows="residents")
    units: int = _count(
        0, "units", "enterprises and institutions of the area", "驻区单位数", default=0,
        share=Share("residents"), grows="residents")
    linked_units: int = _count(
        0, "units", "of them, linked to the community when the run begins", "其中运行开始时已共建的单位数",
        default=0, share=Share("units", most="units"), within="units", grows="residents")
    department_hours: int = _count(
        0, "h/week", "of departments for matters here (0: none is called)",
        "部门每周可用于本地事务的工时（0：不派单）", default=0, share=Share("residents"), grows="residents")
    households_per_building: int = _count(
        1, "households", "households in a building", "每栋楼户数", default=24)
    planned_weight: float = _number(
        3.0, 0.01, 1000, "factor", "size of a planned compound, in mixed ones", "规划小区相对混合小区的规模")
    owners: float = _number(0.7, 0, 1, "share", "residents in homes of their own", "业主比例")
    communities: int = _count(1, "communities", "communities of a city", "社区数", default=1)
    size_spread: float = _number(
        0.5, 0, 2, "-", "spread of the log size of communities", "社区规模的对数离散度")
    sampled: int = _count(
        0, "communities", "communities that are simulated, whole (0: all)", "完整模拟的社区数（0：全部）",
        default=0, within="communities")
    # fmt: on

    @property
    def compounds(self) -> int:
        """All compounds: planned ones and mixed ones."""
        return self.planned_compounds + self.mixed_compounds

    def __post_init__(self) -> None:
        for name, about in table().items():
            what, value = f"place.{name}", getattr(self, name)
            if about.whole:
                value = count_of(what, value, int(about.low), int(about.high))
            else:
                value = number_of(what, value, about.low, about.high)
            object.__setattr__(self, name, value)
        for name, share in shares().items():
            self._suffices(name, share.each)
        self._fits("compounds", COMPOUNDS.most, "")
        for name, about in table().items():
            self._fits(name, about.within, about.why)
        if self.compounds < 1:
            raise InputError("place: at least one compound is needed, planned or mixed")
        if self.managed_compounds and not self.firms:
            raise InputError("place.managed_compounds: compounds under management need place.firms")

    def _suffices(self, name: str, each: int) -> None:
        """Every community of a city needs its own."""
        if self.communities > 1 and getattr(self, name) < each * self.communities:
            raise InputError(f"place.{name}: {self.communities} communities need at least {each} each")

    def _fits(self, name: str, within: str, why: str) -> None:
        if within and getattr(self, name) > getattr(self, within):
            limit = f"{getattr(self, within)} {within}" + (f": {why}" if why else "")
            raise InputError(f"place.{name} = {getattr(self, name)} is more than the {limit}")


@cache
def table() -> dict[str, Figure]:
    """Every figure of a place with what is known of it, by name."""
    return {
        f.name: Figure(name=f.name, whole=f.type in (int, "int"), **f.metadata)
        for f in dataclasses.fields(Place)
    }


@cache
def shares() -> dict[str, Share]:
    """The figures of a city that are sums over its communities; each comes after those it follows from."""
    added_up = {name: about.share for name, about in table().items() if about.share is not None}
    first = {name: added_up.pop(name) for name in ("residents", "households")}
    return {**first, "compounds": COMPOUNDS, **added_up}


def bare(residents: int, households: int, compounds: int) -> Place:
    """People and their homes alone: whatever a scenario would have to say is as low as it can be."""
    low = {name: int(about.low) for name, about in table().items() if about.default is None}
    homes = {"residents": residents, "households": households, "mixed_compounds": compounds}
    return Place(**{**low, **homes})
