"""What there is to choose from: scenarios, policies, parameters and measures."""

import dataclasses
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from linli.experiments.output.screen import NOTHING, console, plain, table
from linli.model import scenario as scenarios
from linli.model.errors import unknown
from linli.model.parameters import table as parameter_table
from linli.model.policies import POLICIES
from linli.model.policies.policy import LAST_DAY, Policy
from linli.model.text import checked_language
from linli.model.units import unit_in

TOPICS = ("scenarios", "policies", "parameters", "measures")
UNIT_WIDTH = {"symbol": 11, "measure": 24}
"""Columns for units in the long tables, so that the meaning has room."""
_ZH = {
    "name": "名称",
    "title": "说明",
    "residents": "居民",
    "days": "天数",
    "burn-in": "预热天数",
    "meaning": "含义",
    "symbol": "符号",
    "default": "默认值",
    "range": "范围",
    "unit": "单位",
    "basis": "依据",
    "option": "选项",
    "measure": "指标",
    "who": "对象",
    "changes": "改变",
    "costs": "成本",
    "fails": "失效方式",
}

SAID = ("who", "changes", "costs", "fails")
"""What every policy says of itself."""


def as_data(topic: str | None) -> dict[str, Any]:
    """One topic, or all of them, as plain data in both languages."""
    makers: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "scenarios": _scenarios,
        "policies": _policies,
        "parameters": lambda: [dataclasses.asdict(about) for about in parameter_table().values()],
        "measures": _measures,
    }
    return {name: makers[name]() for name in _chosen(topic)}


def show(topic: str | None, lang: str) -> None:
    """One topic in full, or all of them in short."""
    chosen = _chosen(topic)
    checked_language(lang)
    screen = console()
    if topic is None:
        _show_all(screen, lang)
    else:
        {
            "scenarios": _show_scenarios,
            "policies": _show_policies,
            "parameters": _show_parameters,
            "measures": _show_measures,
        }[chosen[0]](screen, lang)


def _chosen(topic: str | None) -> tuple[str, ...]:
    if topic is None:
        return TOPICS
    if topic not in TOPICS:
        raise unknown("topic", topic, TOPICS)
    return (topic,)


def _scenarios() -> list[dict[str, Any]]:
    loaded = [scenarios.load(name) for name in scenarios.names()]
    return [
        {
            "name": s.name,
            "title": s.title,
            "residents": s.place.residents,
            "days": s.days,
            "burn_in": s.burn_in,
        }
        for s in loaded
    ]


def _policies() -> list[dict[str, Any]]:
    return [
        {
            **{word: getattr(policy, word) for word in ("name", "en", "zh")},
            **{what: getattr(policy, what)._asdict() for what in SAID},
            "options": _options(policy),
        }
        for policy in POLICIES.values()
    ]


def _options(policy: type[Policy]) -> list[dict[str, Any]]:
    own = sorted(dataclasses.fields(policy), key=lambda f: f.name in ("start", "end", "ramp"))
    return [{"name": f.name, "default": f.default, **_told(f), **_choices(f)} for f in own]


def _told(f: "dataclasses.Field[Any]") -> dict[str, Any]:
    """What is said of an option, without what only decides how its words are set."""
    return {name: said for name, said in f.metadata.items() if name != "joint"}


def _choices(f: "dataclasses.Field[Any]") -> dict[str, Any]:
    """The words of an option and what they mean; nothing for a number."""
    words = f.metadata.get("choices", {})
    return {"choices": {word: text._asdict() for word, text in words.items()}} if words else {}


def _measures() -> list[dict[str, Any]]:
    from linli.model.attribution.measures import EVERY  # pandas comes with it

    return [{"name": m.name, "unit": m.unit, "en": m.en, "zh": m.zh} for m in EVERY.values()]


# as tables -----------------------------------------------------------------------------------------------


def _columns(lang: str, *names: str) -> Any:
    shown = table()
    for name in names:
        fixed = name in ("name", "symbol", "option", "measure", "default")
        width = UNIT_WIDTH.get(names[0]) if name == "unit" else None
        # Chinese has no blanks to break a line at
        shown.add_column(_word(name, lang), no_wrap=fixed, max_width=width, overflow="fold")
    return shown


def _word(name: str, lang: str) -> str:
    return _ZH.get(name, name) if lang == "zh" else name


def _show_all(screen: Console, lang: str) -> None:
    for topic in TOPICS:
        entries = as_data(topic)[topic]
        shown: Table | Text
        screen.print(f"{topic} ({len(entries)})", style="bold cyan")
        if topic in ("scenarios", "policies"):
            shown = table(header=False)
            for entry in entries:
                shown.add_row(entry["name"], entry.get("title") or entry[lang])
        else:
            shown = Text("  ".join(entry["name"] for entry in entries))
        screen.print(Padding(shown, (0, 0, 1, 2)))
    screen.print("More of each: linli list scenarios, policies, parameters or measures", style="dim")


def _show_scenarios(screen: Console, lang: str) -> None:
    shown = _columns(lang, "name", "residents", "days", "burn-in", "title")
    for s in _scenarios():
        shown.add_row(s["name"], f"{s['residents']:,}", str(s["days"]), str(s["burn_in"]), s["title"])
    screen.print(shown)


def _show_policies(screen: Console, lang: str) -> None:
    for policy in _policies():
        screen.print(Text.assemble((policy["name"], "bold cyan"), f"  {policy[lang]}"))
        said = table(header=False)
        for what in SAID:
            said.add_row(Text(_word(what, lang), style="dim"), policy[what][lang])
        screen.print(Padding(said, (0, 0, 0, 2)))
        shown = _columns(lang, "option", "default", "range", "unit", "meaning")
        for option in policy["options"]:
            default = NOTHING if option["default"] is None else str(option["default"])
            span, unit = _option_range(option), _option_unit(option, lang)
            shown.add_row(option["name"], default, span, unit, option[lang])
        screen.print(Padding(shown, (0, 0, 1, 2)))
    screen.print("For example: --policy sink:headcount=400,start=90,ramp=30 --policy match", style="dim")


def _option_range(option: dict[str, Any]) -> str:
    if "choices" in option:
        return " | ".join(option["choices"])
    if option["high"] == LAST_DAY:
        return f"{plain(option['low'])} or more"
    return f"{plain(option['low'])} to {plain(option['high'])}"


def _option_unit(option: dict[str, Any], lang: str) -> str:
    return "" if "choices" in option else unit_in(option["unit"], lang)


def _show_parameters(screen: Console, lang: str) -> None:
    shown = _columns(lang, "symbol", "default", "range", "unit", "meaning", "basis")
    notes: dict[str, int] = {}
    for about in parameter_table().values():
        basis = about.basis
        if len(basis) > 12:
            basis = f"[{notes.setdefault(basis, len(notes) + 1)}]"
        span = f"{plain(about.low)} to {plain(about.high)}"
        shown.add_row(
            about.name,
            f"{about.default:.4g}",
            span,
            unit_in(about.unit, lang),
            about.zh if lang == "zh" else about.en,
            basis,
        )
    screen.print(shown)
    screen.print()
    for basis, number in notes.items():
        screen.print(f"[{number}] {basis}", style="dim")


def _show_measures(screen: Console, lang: str) -> None:
    shown = _columns(lang, "measure", "unit", "meaning")
    for measure in _measures():
        shown.add_row(measure["name"], unit_in(measure["unit"], lang), measure[lang])
    screen.print(shown)
