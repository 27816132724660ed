"""The same community in Mesa's own page, for those who know it: `solara run viz.mesa_page`.

Every resident is a Mesa agent that can be looked at; the controls and the plot are Mesa's. The page of linli
itself (`linli viz`) shows more and runs faster.
"""

from typing import Any

import solara
from mesa.visualization import SolaraViz, make_plot_component

from linli.model.community import Community
from linli.model.measures import MEASURES
from linli.model.parameters import table

PLOTTED = ("engaged_share", "trust", "self_reliance")
"""Measures that have a plot."""

POLICIES = ("", "match", "council", "match; relieve:share=0.5")
"""Policies to choose from, as on the command line."""

CHANGED = ("mu", "J", "omega")
"""Parameters that have a slider, with the ranges of their table."""


def slider(name: str) -> dict[str, Any]:
    """A parameter as Mesa's controls want it."""
    about = table()[name]
    step = 1 if about.whole else (about.high - about.low) / 20.0
    kind = "SliderInt" if about.whole else "SliderFloat"
    return {
        "type": kind, "value": about.default, "min": about.low, "max": about.high, "step": step,
        "label": name,
    }  # fmt: skip


MODEL_PARAMS: dict[str, Any] = {
    "scenario": "lane",
    "policies": {"type": "Select", "value": POLICIES[1], "values": list(POLICIES), "label": "policies"},
    "rng": {"type": "SliderInt", "value": 1, "min": 1, "max": 50, "step": 1, "label": "seed"},
    **{name: slider(name) for name in CHANGED},
}
"""What can be set, and how."""


def figures(model: Community) -> Any:
    """How things stand today, in words and numbers."""
    if not model.records:
        return solara.Text("Press play or step.")
    rows = [
        f"| {measure.en} | {measure.of(model.last_day):.3g} | {measure.unit} |"
        for name, measure in MEASURES.items()
        if name in PLOTTED
    ]
    return solara.Markdown(
        f"Day {model.day}, {len(model.residents):,} residents\n\n| measure | value | unit |\n|---|---|---|\n"
        + "\n".join(rows)
    )


page = SolaraViz(
    Community("lane", policies=POLICIES[1]),
    components=[figures, *(make_plot_component(name) for name in PLOTTED)],
    model_params=MODEL_PARAMS,
    name="邻里 linli",
)
