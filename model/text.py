"""A text that a user reads, and the languages there are."""

from typing import NamedTuple

from linli.model.errors import unknown


class Text(NamedTuple):
    """The same in both languages, side by side, so that neither is forgotten."""

    en: str
    zh: str

    def said(self, lang: str) -> str:
        """In Chinese ("zh"), or in English (anything else)."""
        return self.zh if lang == "zh" else self.en


LANGUAGES = Text._fields
"""English and Chinese, as they are named on the command line and in links."""


def checked_language(lang: str) -> str:
    """A language that there is, or an InputError."""
    if lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    return lang
