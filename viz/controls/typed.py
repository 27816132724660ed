"""Numbers to type and to slide: what is shown is what holds, but for what a visitor is just entering.

An entry is told once, whole, when it is finished, and answered by what holds then. Neither what is told nor
what is shown can therefore be older than the visitor's last entry, however slow the connection is.
"""

from collections.abc import Callable
from typing import Any

import solara


def _answering(tell: Callable[[Any], None]) -> tuple[int, Callable[[Any], None]]:
    """How many entries have been answered, and what takes the next one and answers it."""
    answered, answer = solara.use_state(0)

    def entered(entry: Any) -> None:
        tell(entry)
        answer(lambda before: before + 1)

    return answered, entered


@solara.component_vue("typed.vue")
def _Field(
    value: str,
    answered: int,
    name: str,
    label: str,
    hint: str,
    placeholder: str,
    bare: bool,
    wrong: bool,
    event_entered: Callable[[str], None],
) -> None:
    """The field in the browser."""


@solara.component
def Typed(
    name: str,
    value: str,
    on_value: Callable[[str], None],
    hint: str = "",
    bare: bool = False,
    placeholder: str = "",
    wrong: bool = False,
) -> None:
    """A text field that tells what was typed on Enter or when it is left.

    value: what holds. The field shows it again after every entry, be it taken, refused or written in another
    way ("0090"); wrong: what was entered last was refused. Who enters and leaves the field without typing
    changes nothing.
    """
    answered, entered = _answering(lambda text: on_value(text) if text != value else None)
    _Field(
        value=value,
        answered=answered,
        name=name,
        label="" if bare else name,
        hint=hint,
        placeholder=placeholder,
        bare=bare,
        wrong=wrong,
        event_entered=entered,
    )


@solara.component_vue("slider.vue")
def _Slider(
    value: float,
    answered: int,
    label: str,
    low: float,
    high: float,
    step: float,
    event_entered: Callable[[float], None],
) -> None:
    """The slider in the browser."""


@solara.component
def Slider(
    label: str, value: float, low: float, high: float, step: float, on_value: Callable[[float], None]
) -> None:
    """A slider that tells its value when it is let go. label: what a screen reader says of it."""
    answered, entered = _answering(lambda at: on_value(at) if at != value else None)
    _Slider(value=value, answered=answered, label=label, low=low, high=high, step=step, event_entered=entered)
