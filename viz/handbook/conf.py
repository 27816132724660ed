"""How Sphinx makes the site of one language; `__main__.py` calls it for both."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from tables import filled  # noqa: E402  beside this file, which is no package

project = "linli 邻里"
author = "The linli authors"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "linli 邻里"
html_show_sphinx = False
myst_heading_anchors = 3
# the ODD is a page of its own that also stands in model/: its links lead into the repository
suppress_warnings = ["myst.xref_missing", "myst.header"]


def fill(app, name, source):
    """Tables are put in while a page is read."""
    source[0] = filled(source[0], app.config.language)


def setup(app):
    """What Sphinx calls."""
    app.connect("source-read", fill)
