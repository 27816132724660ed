"""What a visitor leaves behind: no widget, and so none of the town that it showed."""

import gc
import weakref

import anywidget
import pytest

import linli.viz.app  # noqa: F401  # all that a page is made of
from linli.viz.canvas.city import CityWidget
from linli.viz.canvas.town import TownWidget


def kinds() -> list[type[anywidget.AnyWidget]]:
    """Every widget of the page that is made here."""
    return [kind for kind in anywidget.AnyWidget.__subclasses__() if kind.__module__.startswith("linli.")]


def test_maps_are_among_the_widgets():
    assert {CityWidget, TownWidget} <= set(kinds())
    assert len(kinds()) > 3


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_widget_that_was_closed_is_gone(kind):
    """A script that is given as a file is watched for changes, and the watch keeps all its widgets."""
    widget = kind()
    there = weakref.ref(widget)
    widget.close()
    del widget
    gc.collect()
    assert there() is None
