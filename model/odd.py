"""The tables of the ODD, made from the code: `python -m linli.model.odd` writes them into `model/ODD.md`.

Each table stands between two comments, `<!-- begin: name -->` and `<!-- end: name -->`; the words around
them are written by hand. A test fails when a table and the code no longer agree.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from linli.agents.rules.participation import TERMS
from linli.agents.traits import ACTORS, AGENTS, SKILLS
from linli.model import matters
from linli.model import place as places
from linli.model.attribution.channels import CHANNELS
from linli.model.attribution.measures import EVERY
from linli.model.day import DAY
from linli.model.parameters import table as parameters
from linli.model.policies import POLICIES
from linli.model.policies.policy import Policy
from linli.model.scenario import load

FILE = Path(__file__).resolve().parent / "ODD.md"
_MARKED = re.compile(r"(<!-- begin: (?P<name>\w+) -->\n).*?(<!-- end: (?P=name) -->)", re.DOTALL)


def markdown(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    heads = list(head)
    lines = [heads, ["---"] * len(heads), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def first_sentence(documentation: str | None) -> str:
    """The first line of a docstring, without its full stop."""
    return (documentation or "").strip().splitlines()[0].rstrip(".")


def number(value: float) -> str:
    """A number as people write it: 1/365 rather than 0.00273973."""
    if value and abs(value) < 0.2 and abs(1 / value - round(1 / value)) < 1e-9 and len(f"{value:.9g}") > 5:
        return f"1/{round(1 / value)}"
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:g}"


def phases() -> str:
    """The phases of a day, in order."""
    rows = ((at, f"`{phase.__name__}`", first_sentence(phase.__doc__)) for at, phase in enumerate(DAY, 1))
    return markdown(("", "phase", "what happens"), rows)


_CLASSES = {
    "member": "PartyMember",
    "firm": "PropertyFirm",
    "worker": "CommunityWorker",
    "organisation": "SocialOrganisation",
    "sorter": "SortingHousehold",
}
"""Kinds of agents whose class has a longer name."""


def state_variables() -> str:
    """What each kind of agent is made of."""
    rows = (
        (_CLASSES.get(kind, kind.capitalize()), f"`{t.name}`", t.kind, t.unit, t.meaning)
        for kind, traits in AGENTS.items()
        for t in traits
    )
    return markdown(("agent", "name", "kind", "unit", "meaning"), rows)


def kinds() -> str:
    """Kinds of public matters: who sees them, and what a minute of whom is worth."""
    rows = (
        (
            f"`{kind}`",
            f"{matters.SHARE[k]:.2f}",
            "compound" if matters.SHARED[k] else "building",
            SKILLS[matters.SKILL[k]],
            *(f"{worth[k] / 100:g}" for worth in matters.USEFULNESS),
        )
        for k, kind in enumerate(matters.KINDS)
    )
    head = ("kind", "share of arrivals", "seen by the", "skill", *ACTORS)
    return markdown(head, rows)


OF_A_CITY = ("communities", "size_spread", "sampled")
"""Figures that say nothing about a place of one community."""


def place() -> str:
    """The figures of Donghu with their sources."""
    scenario = load("donghu")
    figures = dataclasses.asdict(scenario.place).items()
    rows = (
        (f"`{name}`", places.table()[name].en, number(value), scenario.sources.get(name, ""))
        for name, value in figures
        if name not in OF_A_CITY
    )
    return markdown(("figure", "meaning", "value", "source"), rows)


def city() -> str:
    """The figures of Chengdu with their sources, and what its sample simulates of them."""
    scenario = load("chengdu")
    sampled = dataclasses.asdict(load("chengdu-sample").whole)
    rows = (
        (f"`{name}`", number(value), number(sampled[name]), _divided(name), scenario.sources.get(name, ""))
        for name, value in dataclasses.asdict(scenario.place).items()
        if name != "sampled"
    )
    head = ("figure", "`chengdu`", "in `chengdu-sample`", "shared out by", "source")
    return markdown(head, rows)


def _divided(name: str) -> str:
    """By what a figure of a city is shared out among its communities."""
    share = places.table()[name].share
    if share is None:
        return "" if name in OF_A_CITY else "the same in all"
    each = f", {share.each} each first" if share.each else ""
    return f"{share.by.replace('_', ' ')}{each}" if share.by else "see above"


def parameter_table() -> str:
    """Every parameter: symbol, default, range, unit, meaning, basis."""
    rows = (
        (
            f"`{p.name}`",
            number(p.default),
            f"{number(p.low)} to {number(p.high)}",
            p.unit,
            p.en,
            p.zh,
            p.basis,
        )
        for p in parameters().values()
    )
    return markdown(("symbol", "default", "range", "unit", "meaning", "中文", "basis"), rows)


def measure_table() -> str:
    """Every measure: name, unit, meaning."""
    rows = ((f"`{m.name}`", m.unit, m.en, m.zh) for m in EVERY.values())
    return markdown(("measure", "unit", "meaning", "中文"), rows)


def _range(low: float, high: float) -> str:
    return f"{number(low)} to {number(high)}"


def _option(f: "dataclasses.Field[object]") -> str:
    about = f.metadata
    default = "none" if f.default is None else f.default
    if "choices" in about:
        return f"`{f.name}` = {default} ({', '.join(about['choices'])})"
    return f"`{f.name}` = {default} ({_range(about['low'], about['high'])} {about['unit']})"


def policy_table() -> str:
    """Every policy: who, change, cost, its way to fail, and what can be set."""
    common = {f.name for f in dataclasses.fields(Policy)}
    rows = (
        (
            f"`{name}` {policy.zh}",
            policy.who.en,
            policy.changes.en,
            policy.costs.en,
            policy.fails.en,
            "; ".join(_option(f) for f in dataclasses.fields(policy) if f.name not in common),
        )
        for name, policy in POLICIES.items()
    )
    return markdown(("policy", "who", "changes", "costs", "can fail because", "options"), rows)


def classes() -> str:
    """The classes of an attribution, in the order in which differences are looked for."""
    in_use = [c for c in CHANNELS if not c.term or c.term in TERMS]
    rows = ((at, f"`{c.name}`", c.en, c.zh, c.group) for at, c in enumerate(in_use, 1))
    return markdown(("", "class", "what differed first", "中文", "group"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "state_variables": state_variables,
    "phases": phases,
    "place": place,
    "city": city,
    "kinds": kinds,
    "policies": policy_table,
    "parameters": parameter_table,
    "measures": measure_table,
    "classes": classes,
}
"""Every generated table by the name it has in the comments."""


def fill(text: str) -> str:
    """The text with every marked table made anew. Raises KeyError for a table that nobody makes."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found['name']]()}\n{found[3]}", text)


def main() -> None:
    """Write the tables into the ODD."""
    FILE.write_text(fill(FILE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
