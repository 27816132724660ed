"""A text that a user reads."""

from typing import NamedTuple


class Text(NamedTuple):
    """The same in both languages, side by side, so that neither is forgotten."""

    en: str
    zh: str

    def said(self, lang: str) -> str:
        """In Chinese ("zh"), or in English (anything else)."""
        return self.zh if lang == "zh" else self.en
