"""Numbers as a page writes them: shares in per cent, differences of shares in points."""

from linli.experiments.output.screen import decimals, number
from linli.viz.words import say


def is_share(unit: str) -> bool:
    """Whether a measure of this unit is written in per cent."""
    return unit.startswith("share") or unit == "difference of shares"


def scaled(value: float | None, unit: str) -> float | None:
    """The value as it is written."""
    return None if value is None else value * (100.0 if is_share(unit) else 1.0)


def value_text(value: float | None, unit: str, lang: str, half: float | None = None) -> str:
    """A measure's value. half: of the interval that decides how many decimals are shown."""
    shown = scaled(value, unit)
    places = decimals(scaled(half, unit)) if half else _usual(shown, unit)
    text = number(shown, places)
    if not is_share(unit) or value is None or value != value:
        return text
    return f"{text}%" if lang == "zh" else f"{text} %"


def change_text(value: float | None, unit: str, lang: str, half: float | None = None) -> str:
    """A difference, with its sign; in points if it is one of shares."""
    shown = scaled(value, unit)
    text = number(shown, decimals(scaled(half, unit)) if half else _usual(shown, unit), sign=True)
    return (
        f"{text} {say('points', lang)}" if is_share(unit) and value is not None and value == value else text
    )


def _usual(shown: float | None, unit: str) -> int:
    """Decimals where no interval says how many are deserved."""
    if is_share(unit):
        return 1
    if shown is None or shown != shown or shown == 0:
        return 0
    return 0 if abs(shown) >= 100 else 1 if abs(shown) >= 10 else 2
