"""Where the rules stand: passages of the ODD, with the sources that they name."""

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

import linli

ODD = Path(linli.__file__).parent / "model" / "ODD.md"
RULES = re.compile(r"^## 7 Submodels$(.*?)^### Policies$", re.MULTILINE | re.DOTALL)
BEGINNING = re.compile(r"^## 5 Initialization$(.*?)^## 6", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"^\*\*(?P<head>[^*]+)\*\*", re.MULTILINE)


OF_POLICY = {
    "sink": "Members",
    "match": "Members",
    "branch": "Branches of sunk members",
    "relieve": "Workers' time",
    "council": "Occasions",
    "property": "Property",
    "platform": "Voice",
    "ask": "Asking",
    "drive": "Volunteering",
    "social": "Social organisations",
    "appraise": "Appraisal",
    "fund": "Fund",
    "committees": "Owners' committees",
    "reward": "Rewards",
    "contest": "Waste sorting",
    "teach": "Waste sorting",
    "units": "Linked units",
    "emergency": "Emergency",
    "joint": "Departments",
}
"""The rule in which each policy's levers work, by its head."""


@cache
def rules() -> dict[str, str]:
    """The rules of the ODD, section 7, by their heads: each begins with its name in bold, and its sources."""
    found = RULES.search(ODD.read_text(encoding="utf-8"))
    assert found is not None
    heads = list(HEAD.finditer(found[1]))
    ends = [*(head.start() for head in heads[1:]), len(found[1])]
    parts = zip(heads, ends, strict=True)
    return {head["head"]: found[1][head.start() : end].strip() for head, end in parts}


@cache
def of_policy(name: str) -> str:
    """The rule in which a policy's levers work, as HTML; nothing for a policy that is no part of linli."""
    return MarkdownIt().render(rules()[OF_POLICY[name]]) if name in OF_POLICY else ""


@cache
def of_parameter(symbol: str) -> str:
    """The rule that says most of a parameter, as HTML; of one that sets up a town, how it is set up."""
    named = re.compile(rf"(?<![\w-]){re.escape(symbol)}(?![\w-])")
    for texts in (list(rules().values()), beginnings()):
        most = max(texts, key=lambda text: len(named.findall(text)))
        if named.search(most):
            return MarkdownIt().render(most)
    return ""


@cache
def beginnings() -> list[str]:
    """Paragraphs on how a town is set up."""
    found = BEGINNING.search(ODD.read_text(encoding="utf-8"))
    assert found is not None
    return found[1].strip().split("\n\n")
