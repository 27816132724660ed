"""What can be set on the page, read off the tables of parameters and policies: there is no second list."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from linli.experiments.output.screen import plain
from linli.model.parameters import table
from linli.model.policies import Policy
from linli.model.policies.policy import LAST_DAY
from linli.viz.state.settings import Settings
from linli.viz.words import say
from linli.viz.words.model_words import basis, unit

TIMES = ("start", "end", "ramp")
"""Options that every policy has."""


@dataclass(frozen=True)
class Field:
    """One thing to set. choices: (value, label), empty for a number; value None: not set."""

    name: str
    label: str
    help: str
    unit: str
    value: Any
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    lang: str = "en"

    @property
    def title(self) -> str:
        """The label with its unit, which is not said twice."""
        return (
            self.label
            if not self.unit or self.says_unit
            else say("aside", self.lang, what=self.label, more=self.unit)
        )

    @property
    def says_unit(self) -> bool:
        """Whether the label says the unit itself: a share (比例), or so many for each thousand."""
        return self.lang == "zh" and (self.unit in self.label or self.label.startswith("每千"))

    @property
    def bounded(self) -> bool:
        """Whether a slider makes sense: a number with two near ends that is set."""
        return not self.choices and self.value is not None and self.high - self.low <= 1000

    @property
    def step(self) -> float:
        """Of a slider: whole numbers, or a hundredth of the range."""
        return 1.0 if self.whole else (self.high - self.low) / 100.0


def of_policy(policy: Policy, lang: str) -> list[Field]:
    """The options of a policy, its own first."""
    own = sorted(dataclasses.fields(policy), key=lambda f: f.name in TIMES)
    return [_option(policy, f, lang) for f in own]


def _option(policy: Policy, f: "dataclasses.Field[Any]", lang: str) -> Field:
    about, value = f.metadata, getattr(policy, f.name)
    label = about[lang]
    if "choices" in about:
        choices = tuple((name, text.said(lang)) for name, text in about["choices"].items())
        return Field(f.name, label, "", "", value, choices=choices, lang=lang)
    ends = range_text(about["low"], about["high"], lang)
    optional = f.default is None
    if optional:
        ends = f"{ends}; {say('unset', lang)}: –"
    unit_ = unit(about["unit"], lang)
    return Field(
        f.name, label, ends, unit_, value, about["low"], about["high"], about["whole"], optional, lang=lang
    )


def of_parameter(settings: Settings, name: str, lang: str) -> Field:
    """A parameter with its range and basis."""
    about = table()[name]
    own = settings.but(parameters=()).value_of(name)
    parts = (
        range_text(about.low, about.high, lang),
        say("usual", lang, value=plain(own)),
        say("basis", lang, basis=basis(about.basis, lang)),
    )
    label = about.zh if lang == "zh" else about.en
    value = settings.value_of(name)
    return Field(
        name,
        label,
        ("；" if lang == "zh" else "; ").join(parts),
        unit(about.unit, lang),
        value,
        about.low,
        about.high,
        about.whole,
        lang=lang,
    )


def range_text(low: float, high: float, lang: str) -> str:
    """A range in words."""
    if high >= LAST_DAY:
        return say("or_more", lang, low=plain(low))
    return say("range", lang, low=plain(low), high=plain(high))
