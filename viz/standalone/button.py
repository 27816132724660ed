"""The button that gives a visitor what was watched as one file."""

import threading

import solara

from linli.viz.standalone import html_of
from linli.viz.standalone.packed import packed
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.worlds.background import turn

_ONE = threading.Semaphore(1)
"""Files for all visitors together are made one after the other."""


@solara.component
def TakeAlong(desk: Desk) -> None:
    """Nothing is made before it is asked for."""
    lang, shown = desk.page.value.lang, desk.shown.value
    # the same function at every rendering: with another one, a download would begin afresh and never end
    make = solara.use_memo(lambda: lambda: made(desk), [])
    if shown is None:
        return
    label = say("take_along", lang)
    with solara.FileDownload(make, "linli.html", mime_type="text/html"):
        solara.Button(
            label, icon_name="mdi-package-down", text=True, small=True, classes=["take-along"],
            attributes={"aria-label": label, "title": say("take_along_help", lang)},
        )  # fmt: skip


def made(desk: Desk) -> bytes:
    """The days up to the one shown, or all of them from the eve."""
    shown = desk.latest or desk.shown.peek()
    assert shown is not None
    with turn(_ONE, lambda: None):
        return html_of(packed(shown.pair, desk.page.peek().lang, shown.day or shown.settings.days))
