"""Plain elements of a page: tags with a class, and buttons with a name that a screen reader says."""

from collections.abc import Callable
from typing import Any

import solara


def box(tag: str, classes: str = "", *children: Any, **attributes: Any) -> Any:
    """A tag with a class. Use as `with box("div", "town"):` or with children.

    Without a key a child is known by its place among its siblings. Where one of them comes and goes, those
    after it need a `.key(...)`, no two alike in a component: else they are made anew, and a click in that
    moment meets a button that is gone.
    """
    return solara.v.Html(tag=tag, class_=classes, children=list(children), attributes=attributes)


def button(
    label: str,
    on_click: Callable[[], None],
    icon: str = "",
    *,
    classes: str = "",
    disabled: bool = False,
    only_icon: bool = False,
    pressed: bool | None = None,
) -> Any:
    """A button. only_icon: the label is its tooltip and what a screen reader says."""
    attributes = {"aria-label": label, "title": label}
    if pressed is not None:
        attributes["aria-pressed"] = str(pressed).lower()
    return solara.Button(
        label="" if only_icon else label,
        icon_name=icon or None,
        on_click=on_click,
        text=True,
        small=True,
        icon=only_icon,
        disabled=disabled,
        classes=[classes] if classes else [],
        attributes=attributes,
    )


def progress(share: float, label: str) -> Any:
    """How far something has come. share: 0 .. 1; label: what a screen reader says of it."""
    return solara.v.ProgressLinear(value=100.0 * share, height=4, attributes={"aria-label": label})
