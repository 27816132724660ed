"""How effects over worlds are said, in English and Chinese: counts of worlds, the middle one, nine of ten."""

from linli.experiments.across.effects import Over
from linli.experiments.answer.words import unit_of_change
from linli.experiments.output.labels import shown
from linli.experiments.output.screen import decimals, number
from linli.model.text import Text

HUNDRED = 100
"""From so many worlds on they are counted by the hundred; fewer are counted as they are."""
IN_WORLDS = Text("in {n} of {of} worlds that fit the evidence", "在符合证据的{of}个世界中有{n}个")
SHORT = Text("in {n} of {of}", "{of}个世界中有{n}个")
BETWEEN = Text(" ({low} to {high})", "（{low}至{high}）")
OF_HUNDRED = Text(" ({low} to {high} of a hundred)", "（每百个中{low}至{high}个）")
MIDDLE = Text(
    "{middle} {unit} in the middle one, {low} to {high} in nine of ten",
    "居中的世界为{middle} {unit}，九成世界在{low}至{high}之间",
)
ONE = Text("{middle} {unit}", "{middle} {unit}")
SURVEY = Text("{n:,} households tell most of that", "调查{n:,}户可得其大半")
NO_SURVEY = Text("no survey of this place is large enough", "在该地没有足够大的调查")


def count(shares: tuple[float, float, float], worlds: int, lang: str, said: Text = IN_WORLDS) -> str:
    """`in 83 of 100 worlds that fit the evidence (77 to 88)`. shares: of worlds, with its interval."""
    of = min(worlds, HUNDRED)
    low, high = (number(100.0 * share, 0) for share in shares[1:])
    between = BETWEEN if of == HUNDRED else OF_HUNDRED
    text = said.said(lang).format(n=_whole(shares[0], of), of=of)
    return text + between.said(lang).format(low=low, high=high)


def _whole(share: float, of: int) -> int:
    """So many of them: none or all only where it is none or all."""
    near = round(share * of)
    return near if share in (0.0, 1.0) else min(max(near, 1), of - 1)


def middle(over: Over, measure: str, lang: str) -> str:
    """What it comes to in the middle world, and where nine of ten lie."""
    scale = shown(measure, lang)
    said = ONE if over.low is None else MIDDLE
    values = spread(over, scale.factor)
    return said.said(lang).format(
        middle=values[0], low=values[1], high=values[2], unit=unit_of_change(measure, lang)
    )


def survey(households: int | None, lang: str) -> str:
    """Which survey would tell most of it. households: that many; None: none of the place is large enough."""
    return NO_SURVEY.said(lang) if households is None else SURVEY.said(lang).format(n=households)


def briefly(over: Over, lang: str) -> str:
    """`+0.08 (+0.05 to +0.09)`."""
    middle, low, high = spread(over)
    return middle + ("" if over.low is None else BETWEEN.said(lang).format(low=low, high=high))


def spread(over: Over, factor: float = 1.0) -> tuple[str, str, str]:
    """The middle world and both ends of nine of ten, with as many decimals as their distance deserves."""
    places = decimals(factor * (over.half or over.median or 0.0))
    a, b, c = (
        number(None if v is None else factor * v, places, sign=True)
        for v in (over.median, over.low, over.high)
    )
    return a, b, c
