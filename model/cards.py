"""What a scenario or a run is, at a glance: one line, and a card for notebooks."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Protocol

from linli.agents.traits import Trait
from linli.model.measures import MEASURES


class Run(Protocol):
    """What is told of a run; see `Engine` of `linli.model.engines`, which is one."""

    settings: Any
    seed: int
    day: int
    totals: Any

    def measures(self) -> Mapping[str, float]:
        """Every measure."""
        ...


THAT_MATTER = (
    "engaged_share",
    "acts_spontaneous",
    "acts_asked",
    "self_reliance",
    "true_resolution",
    "cost_yuan",
)
"""Measures on a card."""


def line(run: Run) -> str:
    """A run in one line."""
    s = run.settings
    return (
        f"<{type(run).__name__} {s.name}: {run.totals.residents:,} residents, {_day(run)} of {s.days} "
        f"after a burn-in of {s.burn_in}, seed {run.seed}, policies: {_policies(s)}>"
    )


def run_card(run: Run) -> str:
    """A run as HTML: people, policies, day, and the measures that matter."""
    s = run.settings
    facts = {
        "people": f"{run.totals.residents:,} residents, {run.totals.adults:,} of them adults",
        "policies": _policies(s),
        "day": f"{_day(run)} of {s.days}, after a burn-in of {s.burn_in}",
        "seed": str(run.seed),
    }
    if run.day > s.burn_in:
        values = run.measures()
        facts |= {MEASURES[name].en: f"{values[name]:.4g} {MEASURES[name].unit}" for name in THAT_MATTER}
    return card(f"{type(run).__name__}: {s.title or s.name}", facts)


def scenario_card(s: Any) -> str:
    """A scenario as HTML."""
    return card(
        s.title or s.name,
        {
            "people": f"{s.place.residents:,} residents in {s.place.communities:,} communities",
            "policies": _policies(s),
            "days": f"{s.days} after a burn-in of {s.burn_in}",
            "seed": str(s.seed),
        },
    )


def agent_card(agent: object, known: Iterable[tuple[Trait, Any]]) -> str:
    """An agent as HTML. known: its traits and states, and what they are."""
    rows = [(t.name, f"{value:.4g}" if t.dtype == "float64" else str(value), t.unit, t.meaning)
            for t, value in known]  # fmt: skip
    return table(repr(agent)[1:-1], ("name", "value", "unit", "meaning"), rows)


def card(title: str, facts: Mapping[str, str]) -> str:
    """A title and facts as a table of HTML, whatever characters they have."""
    rows = "".join(
        f"<tr><th>{escape(about)}</th><td>{escape(fact)}</td></tr>" for about, fact in facts.items()
    )
    return f"<table><caption>{escape(title)}</caption>{rows}</table>"


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A title, headings and rows as HTML, whatever characters they have."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(
        f"<tr><th>{escape(row[0])}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in row[1:])}</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{body}</table>"


def _day(run: Run) -> str:
    days = run.day - run.settings.burn_in
    return f"day {days}" if days >= 0 else f"{-days} days before day 0"


def _policies(s: Any) -> str:
    return ", ".join(policy.name for policy in s.policies) or "none"
