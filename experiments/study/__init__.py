"""A study: what is varied, over which design, in which arms, with how many seeds. TOML, checked before it
runs.

    name = "relief"
    scenario = "donghu"                    # or a path to a .toml file, from the study's own folder
    seeds = 8                              # or { first = 1, until = { measure = "engaged_share",
                                           #      half_width = 0.002, at_least = 8, at_most = 64 } }
    [factors]
    mu = [0, 0.3, 0.7]                     # a parameter
    "sink.per1000" = { low = 0, high = 20 }  # an option of a policy, in every arm that has the policy
    rho = { distribution = "normal", mean = 0.3, sd = 0.1 }  # see experiments/study/spread.py
    [design]
    kind = "latin_hypercube"               # see experiments/study/design.py
    n = 50
    seed = 7                               # of the sampling [1]
    [[arms]]                               # the baseline, without policies, always runs too
    name = "sink and match"
    policies = ["sink", "match:method=random"]

Further: stop (the name of a condition that `--with FILE.py` brings, which ends a run early; needs attribution
= false), title, title_zh, sampled (so many whole communities of a city), days, burn_in, engine, worlds (so
many of those that fit what is known of the place, with every point in each), parameters (fixed ones), points
(of a list design), keep = { daily = ["engaged_share"], compounds = true, years = true } (years: what
attribution says of each year, class by class), attribution (false: runs are not lived beside their baseline,
which takes about three times as long and says how many acts are woken, replaced, asked and displaced), and
what some values of a factor mean to people, in English and Chinese, the one that the study asks about first:

    [named."sink.per1000"]
    "6.19" = ["130,000 members in the whole city", "全市13万党员"]
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linli.experiments.attribution.measured import MOST_COMMUNITIES, is_within_reach
from linli.experiments.study.design import Design
from linli.experiments.study.factors import Factor, factor, from_points
from linli.experiments.study.level_names import Named, read_named
from linli.experiments.study.seeds import Seeds
from linli.experiments.study.worlds import worlds_for
from linli.model import scenario as scenarios
from linli.model.attribution.measures import ATTRIBUTED
from linli.model.engines import checked_engine
from linli.model.errors import InputError, only, table_of, unknown, word_of
from linli.model.measures import MEASURES
from linli.model.policies import POLICIES, from_table
from linli.model.reading import toml_of, toml_text
from linli.model.stopping import checked_stop
from linli.model.text import Text

FOLDER = Path(__file__).resolve().parent.parent / "studies"
BASELINE = "baseline"
ENTRIES = {
    "name": Text("name, which is also that of its folder", "名称，也是结果文件夹的名称"),
    "title": Text("title in English", "英文标题"),
    "title_zh": Text("title in Chinese", "中文标题"),
    "scenario": Text("name of a scenario, or path to a TOML file", "场景名称，或 TOML 文件路径"),
    "sampled": Text("so many whole communities of a city are run", "城市中完整模拟的社区数"),
    "days": Text("days that are measured, after the burn-in", "预热期之后计入测量的天数"),
    "burn_in": Text("days before them that are not measured", "不计入测量的预热天数"),
    "engine": Text("array or mesa; numbers are the same", "array 或 mesa，数值相同"),
    "parameters": Text("table of parameters that are fixed", "固定参数表"),
    "seeds": Text("number of seeds, or a table with first and until", "种子数，或含 first 与 until 的表"),
    "factors": Text("table of what is varied, and over what", "变动因素及其取值"),
    "points": Text("the points of a list design", "清单设计的各点"),
    "design": Text("table of kind, n and seed", "设计：kind、n、seed"),
    "arms": Text("what is held against the baseline: name and policies", "与对照组比较的方案：名称与政策"),
    "keep": Text("what is kept beside final measures: daily, compounds", "另外保留：daily、compounds"),
    "named": Text("what values of a factor mean to people", "因素取值的文字说明"),
    "attribution": Text("false: acts are not told apart by what differed first", "false 时不做行动归因"),
    "worlds": Text("so many worlds that fit the evidence, for every point", "每点使用的合证据世界数"),
    "stop": Text("name of a stop condition of one's own", "自定停止条件的名称"),
}
"""What a study may say, and what it means."""
Table = Mapping[str, Any]


@dataclass(frozen=True)
class Arm:
    """Policies that are held against the baseline. policies: tables of name and options, factors not yet
    put in."""

    name: str
    policies: tuple[Table, ...] = ()

    def at(self, values: Mapping[Factor, Any]) -> tuple[dict[str, Any], ...]:
        """Its policies with the values of a point."""
        tables = tuple(dict(table) for table in self.policies)
        for table in tables:
            table.update({f.target: v for f, v in values.items() if f.policy == table["name"]})
        return tables


@dataclass(frozen=True)
class Keep:
    """What is kept beside the final measures. daily: measures to keep day by day; compounds: their last
    day; years: what attribution says of each year, class by class."""

    daily: tuple[str, ...] = ()
    compounds: bool = False
    years: bool = False


@dataclass(frozen=True, kw_only=True)
class Study:
    """A checked study. scenario: with the study's days, burn-in and fixed parameters; text: as it was
    written; named: what values mean to people, by the column of their factor, value and language;
    attribution: whether runs are lived beside their baseline; worlds: parameters of each world that every
    point is lived in, none for the scenario's own alone; stop: the name of a condition that ends each run on
    a morning after the burn-in, "" for none."""

    name: str
    scenario: scenarios.Scenario
    text: str
    title: str = ""
    title_zh: str = ""
    engine: str = "array"
    factors: tuple[Factor, ...] = ()
    design: Design = field(default_factory=Design)
    arms: tuple[Arm, ...] = ()
    seeds: Seeds = field(default_factory=Seeds)
    keep: Keep = field(default_factory=Keep)
    named: Named = field(default_factory=dict)
    attribution: bool = True
    worlds: tuple[Mapping[str, float], ...] = ()
    stop: str = ""


def names() -> list[str]:
    """The studies that come with linli."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def load(name_or_file: str | Path, worlds: int | str | None = None) -> Study:
    """A study by its name, or from a TOML file of one's own. worlds: in place of the number it gives."""
    text = str(name_or_file)
    if not text.endswith(".toml") and text not in names():
        raise unknown("study", text, [*names(), "a path to a .toml file"])
    file = Path(text) if text.endswith(".toml") else FOLDER / f"{text}.toml"
    written = toml_text(file, f"study {file}")
    try:
        return from_toml(written, file.parent, worlds)
    except InputError as error:
        raise InputError(f"study {file.name}: {error}") from None


def from_toml(text: str, folder: Path = Path(), worlds: int | str | None = None) -> Study:
    """Read a study. folder: where paths in it begin; worlds: in place of the number that it gives. Every
    name and value is checked: InputError says what is wrong."""
    data = toml_of(text)
    only(data, "entry", ENTRIES)
    if worlds is not None:
        data["worlds"] = worlds
    name = data.get("name")
    if not isinstance(name, str) or not name.strip() or "/" in name or name.startswith("."):
        raise InputError('a study needs a name = "...", which is also that of its folder')
    design = _design(data)
    factors = _factors(data, design)
    arms = _arms(data.get("arms", []))
    seeds = Seeds.read(data.get("seeds", 1))
    _check_together(factors, arms, seeds)
    scenario = _scenario(data, folder)
    return Study(
        name=name,
        title=str(data.get("title", "")),
        title_zh=str(data.get("title_zh", "")),
        text=text,
        scenario=scenario,
        engine=checked_engine(str(data.get("engine", "array"))),
        factors=factors,
        design=design,
        arms=arms,
        seeds=seeds,
        keep=_keep(data.get("keep", {})),
        named=read_named(data.get("named", {}), factors),
        attribution=_attribution(data, scenario, arms, seeds),
        worlds=_worlds(data, scenario, factors, seeds),
        stop=_stop(data),
    )


def _stop(data: Table) -> str:
    """The name of a stop condition that was brought. Arms that end on different days have no attribution."""
    if "stop" not in data:
        return ""
    if data.get("attribution") is not False:
        raise InputError(
            "stop: arms end on days of their own, which leaves nothing to live side by side: add "
            "attribution = false"
        )
    return checked_stop(str(data["stop"])).name


def _attribution(data: Table, scenario: scenarios.Scenario, arms: Sequence[Arm], seeds: Seeds) -> bool:
    """Whether runs are lived beside their baseline: unless the study says no, where there are arms and the
    place is within reach."""
    wanted = data.get("attribution", True)
    if not isinstance(wanted, bool):
        raise InputError("attribution must be true or false")
    if wanted and "attribution" in data and not is_within_reach(scenario.place):
        raise InputError(f"attribution = true takes too long in more than {MOST_COMMUNITIES} communities")
    attributes = wanted and bool(arms) and is_within_reach(scenario.place)
    if seeds.until and seeds.until.measure in ATTRIBUTED and not attributes:
        raise InputError(f"seeds.until: {seeds.until.measure} is not known without attribution")
    return attributes


def _worlds(
    data: Table, scenario: scenarios.Scenario, factors: Sequence[Factor], seeds: Seeds
) -> tuple[Mapping[str, float], ...]:
    """The worlds that every point is lived in."""
    if "worlds" not in data:
        return ()
    fixed = [f"[parameters] {name}" for name in data.get("parameters", {})]
    return worlds_for(scenario, data["worlds"], seeds, [*fixed, *(f"factor {f.key}" for f in factors)])


def _scenario(data: Table, folder: Path) -> scenarios.Scenario:
    given = data.get("scenario")
    if not isinstance(given, str):
        raise InputError('a study needs a scenario = "..." (see: linli list scenarios)')
    named = scenarios.load(folder / given if given.endswith(".toml") else given)
    fixed = table_of(data.get("parameters", {}), "[parameters] must be a table of name = value")
    changes = {key: data[key] for key in ("days", "burn_in") if key in data}
    if "sampled" in data:
        changes["place"] = dataclasses.replace(named.place, sampled=data["sampled"])
    return named.but(parameters=fixed, **changes)


def _design(data: Table) -> Design:
    given = table_of(data.get("design", {}), "[design] must be a table of name = value")
    only(given, "entry of [design]", ("kind", "n", "seed"))
    points = data.get("points", [])
    if not isinstance(points, list):
        raise InputError("points must be written as [[points]] tables")
    kind = given.get("kind", "list" if points else "full")
    if points and kind != "list":
        raise InputError(f"[[points]] belong to a list design, not to design.kind = {kind!r}")
    return Design(**{**given, "kind": kind, "given": tuple(points)})


def _factors(data: Table, design: Design) -> tuple[Factor, ...]:
    given = table_of(data.get("factors", {}), "[factors] must be a table of name = value")
    if design.kind == "list":
        if given:
            raise InputError("a list design has [[points]] in place of [factors]")
        factors = from_points(design.given)
    else:
        factors = tuple(factor(key, values) for key, values in given.items())
    for f in factors:
        if f.key in table_of(data.get("parameters", {}), "[parameters] must be a table of name = value"):
            raise InputError(f"{f.key} is both a factor and fixed in [parameters]")
    return factors


def _arms(given: object) -> tuple[Arm, ...]:
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise InputError("arms must be written as [[arms]] tables")
    arms: list[Arm] = []
    for entry in given:
        only(entry, "entry of [[arms]]", ("name", "policies"))
        name, policies = entry.get("name"), entry.get("policies", [])
        if not isinstance(name, str) or not name.strip() or name == BASELINE:
            raise InputError(f'every one of [[arms]] needs a name = "...", other than "{BASELINE}"')
        if not isinstance(policies, list):
            raise InputError(f"arm {name}: policies must be a list of texts or tables")
        if name in [arm.name for arm in arms]:
            raise InputError(f"there are two arms of the name {name}")
        arms.append(Arm(name, tuple(_policy(name, policy) for policy in policies)))
    return tuple(arms)


def _policy(arm: str, given: object) -> dict[str, Any]:
    """A policy as a table, options as given: whether they fit together shows when factors have their
    values."""
    if isinstance(given, str):
        given = _policy_from_text(given)
    if not isinstance(given, dict):
        raise unknown(f"policy of arm {arm}", str(given), POLICIES)
    word_of(f"policy of arm {arm}", given.get("name"), POLICIES)
    return given


def _policy_from_text(text: str) -> dict[str, Any]:
    """`name` or `name:option=value,option=value`; unlike a finished policy, it may still lack options."""
    name, _, rest = text.partition(":")
    table = {"name": name.strip()}
    for part in filter(None, (piece.strip() for piece in rest.split(","))):
        option, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or option in table:
            raise InputError(f"policy '{text}': write option=value, each option once, not '{part}'")
        table[option] = value
    return table


def _check_together(factors: Sequence[Factor], arms: Sequence[Arm], seeds: Seeds) -> None:
    """Every factor moves something, and every arm can be made at the first and the last of its values."""
    for f in factors:
        if f.policy and not any(table["name"] == f.policy for arm in arms for table in arm.policies):
            raise InputError(f"factor {f.key} moves nothing: no arm has the policy {f.policy}")
    if seeds.until and not arms:
        raise InputError("seeds.until compares arms with the baseline: add [[arms]]")
    for arm in arms:
        for ends in (0.0, 1.0):
            for table in arm.at({f: f.at(ends) for f in factors}):
                try:
                    from_table(table)
                except InputError as error:
                    raise InputError(f"arm {arm.name}: {error}") from None


def _keep(given: object) -> Keep:
    kept = table_of(given, "keep must be a table such as { daily = true }")
    only(kept, "entry of keep", ("daily", "compounds", "years"))
    daily, compounds = kept.get("daily", False), kept.get("compounds", False)
    if isinstance(daily, bool):
        daily = list(MEASURES) if daily else []
    years = kept.get("years", False)
    if not isinstance(daily, list) or not isinstance(compounds, bool) or not isinstance(years, bool):
        raise InputError(
            "keep.daily must be true or a list of measures, keep.compounds and keep.years true or false"
        )
    for name in daily:
        word_of("measure in keep.daily", name, MEASURES)
    return Keep(tuple(dict.fromkeys(daily)), compounds, years)
