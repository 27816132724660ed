"""What cannot be done, in the words of the page: its own names for fields, and Chinese on the Chinese page.

The model's messages are English and speak to whoever types commands. Here each form that a visitor can meet
is said anew; one that is not known is passed on as it is.
"""

import dataclasses
import re
from collections.abc import Callable

from linli.model.parameters import table
from linli.model.policies import POLICIES
from linli.viz.words import say

_FORMS: tuple[tuple[str, str], ...] = (
    (r"(?P<name>.+) must be a whole number, not (?P<given>.+)", "not_whole"),
    (r"parameter (?P<name>\S+) counts .+: give a whole number, not (?P<given>.+)", "not_whole"),
    (r"(?P<name>.+) must be a number, not (?P<given>.+)", "not_a_number"),
    (r"(?P<name>.+) must be between (?P<low>\S+) and (?P<high>\S+), not (?P<given>.+)", "not_between"),
    (r"(?P<name>.+) must be (?P<low>\S+) or more, not (?P<given>.+)", "too_small"),
    (
        r"policy sink: (?P<n>\d+) members are more than the (?P<posts>\d+) posts "
        r"\((?P<each>\d+) a compound\).*",
        "more_than_posts",
    ),
    (r"policy (?P<policy>\w+): end=(?P<end>\d+) must come after start=(?P<start>\d+)", "end_before_start"),
    (r"policy sink: give either headcount or per1000.*", "one_of_two"),
    (r"(?P<n>\d+) policies are more than the (?P<most>\d+) that fit here", "too_many_policies"),
    (r"(?P<place>\S+) is a city: open one of its communities", "is_a_city"),
    (r"(?P<place>\S+) is one community: it has none with a number", "is_no_city"),
    (r"\S+ simulates no community (?P<n>\d+)", "no_community"),
    (r"policy (?P<policy>\w+): what a community gets by need is known on the first day.*", "by_need"),
    (r"unknown (?P<what>.+?) '(?P<given>.*?)'.*? Valid: (?P<valid>.*)", "unknown"),
    (r"unknown part '(?P<given>.*)'", "unknown_part"),
    (r"the link is longer than (?P<n>\S+) characters", "long_link"),
    (r"the link has too many parts.*", "many_parts"),
)
"""Forms of messages, each with the word that says it."""

_COMPILED = tuple((re.compile(pattern, re.DOTALL), key) for pattern, key in _FORMS)
KINDS = ("policy", "scenario", "parameter", "study", "community", "city", "measure", "colour", "room", "lang")
"""What may be unknown and has a word of the page: `unknown_KIND`."""


def problem(message: str, lang: str) -> str:
    """A message in the page's words and language."""
    for pattern, key in _COMPILED:
        found = pattern.fullmatch(message)
        if found:
            return say(
                key, lang, **{name: _part(name, text, lang) for name, text in found.groupdict().items()}
            )
    return say("cannot", lang, why=message) if lang == "zh" else message


def _part(name: str, text: str, lang: str) -> str:
    parts: dict[str, Callable[[str, str], str]] = {"name": field, "policy": _policy, "what": _what}
    return parts[name](text, lang) if name in parts else text


def field(name: str, lang: str) -> str:
    """What a field is called on the page; the name as it is if there is none."""
    found = re.fullmatch(r"policy (\w+): (\w+)", name)
    if found and found[1] in POLICIES:
        options = {f.name: f.metadata for f in dataclasses.fields(POLICIES[found[1]])}
        label = str(options[found[2]][lang]) if found[2] in options else found[2]
        return f"{_policy(found[1], lang)}{say('colon', lang)}{label}"
    if name in ("days", "seed"):
        return say(name, lang)
    bare = name.removeprefix("parameter ")
    return str(getattr(table()[bare], lang)) if bare in table() else name


def _policy(name: str, lang: str) -> str:
    return str(getattr(POLICIES[name], lang)) if name in POLICIES else name


def _what(what: str, lang: str) -> str:
    return say(f"unknown_{what}", lang) if lang == "zh" and what in KINDS else what
