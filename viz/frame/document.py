"""The document in the browser: its language and title, zooming by hand, and the system's dark colours."""

from pathlib import Path
from typing import Any

import anywidget
import solara
import solara.lab
import traitlets

from linli.viz.words import say


class DocumentWidget(anywidget.AnyWidget):
    """What the browser does. prefers_dark: the system's wish, told by the browser."""

    _esm = Path(__file__).with_name("document.js").read_text(encoding="utf-8")
    lang = traitlets.Unicode("en").tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    prefers_dark = traitlets.Bool(False).tag(sync=True)


@solara.component
def Document(lang: str) -> Any:
    """Keeps the document as the page is; the colours of the system hold until the visitor chooses others."""

    def follow(dark: bool) -> None:
        solara.lab.theme.dark = dark

    return DocumentWidget.element(
        lang=lang, title=f"linli 邻里: {say('title', lang)}", on_prefers_dark=follow
    )
