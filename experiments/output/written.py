"""Tables and texts as files: for whoever lists the files of a folder, see `Writers`."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from linli.experiments.output.latex import to_latex


def csv_of(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV."""
    table.to_csv(path, index=False)


def tex_of(table: pd.DataFrame, caption: str, path: Path) -> None:
    """Write a table as LaTeX."""
    path.write_text(to_latex(table, caption), encoding="utf-8")


def paragraphs_of(said: Mapping[str, str], lang: str) -> str:
    """Sentences as a text, a paragraph each, by what they are about."""
    colon = "：" if lang == "zh" else ": "
    return "\n\n".join(f"{about}{colon}{sentence}" for about, sentence in said.items()) + "\n"


def in_brackets(text: str, lang: str) -> str:
    """What is put behind a word to explain it, with the brackets of the language."""
    return f"（{text}）" if lang == "zh" else f" ({text})"


def text_of(text: str, path: Path) -> None:
    """Write a text as it is."""
    path.write_text(text, encoding="utf-8")
