"""From the folder of a study to results that can be analysed."""

from pathlib import Path

from experiments.statistics.results import Results
from experiments.store import Store


def read(folder: Path) -> Results:
    """The finished runs of a study. Raises InputError for a folder that is none, or that has no run."""
    store = Store(folder)
    return Results.of(store.read(), {arm["name"]: arm["policies"] for arm in store.manifest["arms"]})
