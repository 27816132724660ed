"""A chart on the page: options of ECharts, drawn as SVG with the page's own fonts.

Solara's own component misses options that change before the library has arrived.
"""

from collections.abc import Callable
from typing import Any

import solara


def _nothing(_: dict[str, str]) -> None:
    """Charts that answer no clicks."""


@solara.component_vue("chart.vue")
def _Chart(option: dict[str, Any], label: str, event_clicked: Callable[[dict[str, str]], None]) -> None:
    """What the browser draws."""


@solara.component
def Chart(option: dict[str, Any], label: str, on_click: Callable[[dict[str, str]], None] = _nothing) -> None:
    """A chart. label: what a screen reader says of it; on_click: told the name and the series clicked."""
    _Chart(option=option, label=label, event_clicked=on_click)
