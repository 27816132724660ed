"""How Sphinx makes the site of one language; `__main__.py` calls it for both."""

import runpy
from pathlib import Path
from typing import Any

TABLES = runpy.run_path(str(Path(__file__).with_name("tables.py")))

project = "linli 邻里"
author = "The linli authors"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "linli 邻里"
html_show_sphinx = False
# the ODD also stands in model/: its links lead into the repository
suppress_warnings = ["myst.xref_missing", "myst.header"]


def fill(app: Any, name: str, source: list[str]) -> None:
    """Tables are put in while a page is read."""
    source[0] = TABLES["filled"](source[0], app.config.language)


def setup(app: Any) -> None:
    """What Sphinx calls."""
    app.connect("source-read", fill)
