"""How a figure or a table is cited."""

import datetime
from collections.abc import Sequence
from importlib.metadata import metadata

from linli.experiments.output import version

ENTRY = """@software{{linli,
  author = {{{{The linli authors}}}},
  title = {{{{{title}}}}},
  version = {{{version}}},
  year = {{{year}}},
  note = {{{note}}}
}}
"""
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"})


def bibtex(lines: Sequence[str]) -> bytes:
    """An entry for a list of references; lines: of what it was made, for its note."""
    title = metadata("linli")["Summary"]
    note = "; ".join(lines).translate(SPECIAL)
    year = datetime.datetime.now(datetime.UTC).year
    entry = ENTRY.format(title=f"linli {title}", version=version(), year=year, note=note)
    return entry.encode("utf-8")
