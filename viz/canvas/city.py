"""The city map: a widget on a canvas, and the component that a page puts in place."""

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import numpy as np
import solara
import traitlets
from numpy.typing import ArrayLike

from linli.viz.canvas.packing import CityPlan
from linli.viz.canvas.palette import Scale
from linli.viz.canvas.town import HERE, scale_sent, script
from linli.viz.canvas.words import words


class CityWidget(anywidget.AnyWidget):
    """The canvas. Use `CityMap`, which fills it."""

    _esm = script("city.js")
    _css = (HERE / "canvas.css").read_text(encoding="utf-8")
    plan = traitlets.Dict().tag(sync=True)
    scale = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    look = traitlets.Dict().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)
    picked = traitlets.Dict().tag(sync=True)


@solara.component
def CityMap(
    plan: CityPlan,
    values: ArrayLike,
    scale: Scale,
    *,
    on_click: Callable[[int], None] | None = None,
    selected: int | None = None,
    numbers: Sequence[int] | None = None,
    listed: int = 5,
    title: str = "",
    language: str = "en",
    dark: bool = False,
    height: str = "560px",
    link: str = "",
) -> None:
    """A city as circles coloured by a measure.

    plan: from `plan_city`, once a city; values: the measure in each community (NaN: unknown); scale: from
    `measure`; on_click: told the index of the community that was chosen; numbers: what the communities are
    called by (their indices otherwise); listed: how many of the highest and of the lowest are marked and
    listed; the rest as for `TownMap`. Raises ValueError unless there is one value a community.
    """
    sent_plan = solara.use_memo(lambda: _plan(plan), [plan])
    shown = np.asarray(values, dtype=np.float64)
    if shown.shape != plan.x.shape:
        raise ValueError(f"{len(shown)} values for {len(plan.x)} communities")
    look = {
        "words": words(language),
        "dark": dark,
        "title": title,
        "height": height,
        "link": link,
        "numbers": [int(n) for n in (range(len(shown)) if numbers is None else numbers)],
        "listed": listed,
    }

    def picked(what: dict[str, Any]) -> None:
        if on_click and "index" in what:
            on_click(int(what["index"]))

    CityWidget.element(
        plan=sent_plan,
        scale=scale_sent(scale),
        frame={"codes": scale.codes(shown).tobytes(), "values": shown.tobytes()},
        look=look,
        selected=-1 if selected is None else selected,
        on_picked=picked,
    )


def _plan(plan: CityPlan) -> dict[str, Any]:
    floats = ("x", "y", "radius")
    return {
        "size": list(plan.size),
        **{name: getattr(plan, name).astype(np.float32).tobytes() for name in floats},
        "residents": plan.residents.astype(np.int32).tobytes(),
    }
