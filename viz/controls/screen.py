"""A screen: widgets whose days are set past the page, which would be too slow to draw anew for each."""

from collections.abc import Callable, Sequence
from typing import Any

import solara

from linli.viz.state.desk import Desk
from linli.viz.worlds.stage import Shown


def use_screen(
    desk: Desk,
    name: str,
    elements: Sequence[Any],
    draw: Callable[[Sequence[Any], Shown], None],
    drawn_again: list[Any],
) -> None:
    """Let `draw` set the widgets of some elements for each day while playing, and when `drawn_again` changes.

    name: of the screen on the desk; draw: given the widgets and the day.
    """
    # what was rendered last: a first render may be followed by another before its effects run
    newest = solara.use_ref(elements)
    newest.current = elements

    def connect() -> Callable[[], None]:
        widgets = [solara.get_widget(element) for element in newest.current]
        return desk.watch(name, lambda day: draw(widgets, day))

    solara.use_effect(connect, [])
    solara.use_effect(lambda: desk.redraw(name), drawn_again)
