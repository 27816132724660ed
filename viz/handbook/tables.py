"""The tables of the handbook, made from the tables of the code while the site is built.

A line `<!-- table: NAME -->` of a page is replaced by the table of that name, in the language of the page.
None of them is written down anywhere else.
"""

import dataclasses
import importlib
import inspect
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import linli
from linli.experiments.store.manifest import manifest_of
from linli.experiments.store.schema import columns_of
from linli.experiments.study import ENTRIES, from_toml
from linli.model.attribution.measures import EVERY
from linli.model.odd import markdown, number
from linli.model.parameters import table as parameters
from linli.model.policies import POLICIES
from linli.model.scenario import load, names
from linli.model.text import Text
from linli.model.unidentified import UNIDENTIFIED
from linli.model.units import unit_in

MARK = re.compile(r"^<!-- table: (\w+) -->$", flags=re.MULTILINE)

MODULES = (
    *("linli.model.city", "linli.model.community", "linli.model.scenario", "linli.model.graphs"),
    *("linli.model.snapshots", "linli.model.measures", "linli.model.theory", "linli.model.errors"),
    *("linli.experiments.study", "linli.experiments.store", "linli.viz.serve"),
)
"""What users import beside `linli` itself."""

EXAMPLE = """
name = "example"
scenario = "lane"
seeds = 2
[factors]
mu = [0, 0.3]
[[arms]]
name = "match"
policies = ["match"]
[keep]
daily = ["engaged_share"]
compounds = true
"""
"""A study whose columns and provenance are shown."""


def filled(page: str, lang: str) -> str:
    """A page with its tables put in. lang: `en`, or Sphinx's name of a Chinese."""
    short = "zh" if lang.startswith("zh") else "en"
    return MARK.sub(lambda mark: TABLES[mark[1]](short), page)


def _heads(lang: str, *heads: Text) -> Iterable[str]:
    return [head.said(lang) for head in heads]


NAME, UNIT, MEANING = Text("name", "名称"), Text("unit", "单位"), Text("meaning", "含义")


def measures(lang: str) -> str:
    """Every measure, also those of attribution."""
    rows = ((f"`{n}`", unit_in(m.unit, lang), getattr(m, lang)) for n, m in EVERY.items())
    return markdown(_heads(lang, NAME, UNIT, MEANING), rows)


def parameter_table(lang: str) -> str:
    """Every parameter: its default, the range that is accepted, and what it rests on (in English)."""
    heads = _heads(
        lang, NAME, Text("default", "默认值"), Text("range", "范围"), MEANING, Text("basis", "依据")
    )
    rows = (
        (f"`{n}`", number(a.default), f"{number(a.low)} – {number(a.high)}", getattr(a, lang), a.basis)
        for n, a in parameters().items()
    )
    return markdown(heads, rows)


def unidentified(lang: str) -> str:
    """Parameters that results depend on and no target identifies, the most decisive first."""
    about = parameters()
    rows = ((f"`{n}`", getattr(about[n], lang)) for n in UNIDENTIFIED)
    return markdown(_heads(lang, NAME, MEANING), rows)


def policies(lang: str) -> str:
    """Every policy: what it is called and what it can be told."""
    heads = _heads(lang, NAME, MEANING, Text("options", "选项"))
    options = {
        name: ", ".join(f"`{field.name}`" for field in dataclasses.fields(policy))
        for name, policy in POLICIES.items()
    }
    return markdown(heads, ((f"`{n}`", getattr(p, lang), options[n]) for n, p in POLICIES.items()))


def scenarios(lang: str) -> str:
    """The scenarios that come with linli."""
    heads = _heads(lang, NAME, Text("residents", "居民"), Text("communities", "社区"))
    places = {name: load(name).whole for name in names()}
    return markdown(heads, ((f"`{n}`", f"{p.residents:,}", f"{p.communities:,}") for n, p in places.items()))


def study_keys(lang: str) -> str:
    """What a study may say."""
    return markdown(_heads(lang, NAME, MEANING), ((f"`{n}`", text.said(lang)) for n, text in ENTRIES.items()))


def _manifest() -> dict[str, Any]:
    study = from_toml(EXAMPLE)
    return manifest_of(study, study.design.points(study.factors))


def columns(lang: str) -> str:
    """The columns of a study's tables, but for measures, which have a page of their own."""
    heads = _heads(lang, Text("table", "表"), NAME, Text("type", "类型"), UNIT, MEANING)
    manifest = _manifest()
    rows = [
        (f"`{table}`", f"`{c.name}`", c.type, c.unit, getattr(c, lang))
        for table in ("runs", "daily", "compounds")
        for c in columns_of(table, manifest)
        if table == "compounds" or c.name not in EVERY
    ]
    return markdown(heads, rows)


def provenance(lang: str) -> str:
    """The entries of a study's manifest, as the example has them."""
    shown = {name: json.dumps(value, ensure_ascii=False) for name, value in _manifest().items()}
    rows = ((f"`{n}`", f"`{text[:70]}{'…' if len(text) > 70 else ''}`") for n, text in shown.items())
    return markdown(_heads(lang, NAME, Text("in the example", "示例")), rows)


def api(lang: str) -> str:
    """What `import linli` offers, then what else the modules hold that users import, each with what its
    docstring says."""
    offered = {name: getattr(linli, name) for name in linli.__all__}
    first = [f"## `linli`\n\n{_said(linli)}", *(_thing(name, thing) for name, thing in offered.items())]
    return "\n".join([*first, *(_module(name, list(offered.values())) for name in MODULES)])


def _module(name: str, told: Sequence[object]) -> str:
    module = importlib.import_module(name)
    parts = [f"## `{name}`\n\n{_said(module)}"]
    for public, thing in vars(module).items():
        here = getattr(thing, "__module__", None) == name and callable(thing)
        if here and not public.startswith("_") and not any(thing is other for other in told):
            parts.append(_thing(public, thing))
    return "\n".join(parts)


def _thing(name: str, thing: Any, level: str = "###") -> str:
    text = f"{level} `{name}{_signature(thing)}`\n\n{_said(thing)}"
    if not inspect.isclass(thing):
        return text
    methods = (
        _thing(f"{name}.{n}", getattr(thing, n), "####")
        for n, m in vars(thing).items()
        if not n.startswith("_") and (inspect.isfunction(m) or isinstance(m, classmethod)) and m.__doc__
    )
    return "\n".join([text, *methods])


def _signature(thing: Any) -> str:
    """Its arguments by name; types stand in the code."""
    try:
        return f"({', '.join(inspect.signature(thing).parameters)})"
    except (TypeError, ValueError):
        return ""


def _said(thing: Any) -> str:
    """A docstring as it was written: in lines of its own, not read as Markdown."""
    return f"```text\n{inspect.getdoc(thing) or ''}\n```\n"


TABLES: dict[str, Callable[[str], str]] = {
    "measures": measures,
    "parameters": parameter_table,
    "unidentified": unidentified,
    "policies": policies,
    "scenarios": scenarios,
    "study": study_keys,
    "columns": columns,
    "provenance": provenance,
    "api": api,
}
"""By the name that pages give them."""
