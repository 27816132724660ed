"""From the folder of a study to results that can be analysed."""

from pathlib import Path

from linli.experiments.statistics.results import Results
from linli.experiments.store import Store
from linli.experiments.study.level_names import from_data


def read(folder: Path) -> Results:
    """The finished runs of a study. Raises InputError for a folder that is none, or that has no run."""
    return results_of(Store(folder))


def results_of(store: Store) -> Results:
    """The finished runs in a store. Raises InputError if there is none."""
    return Results.of(store.read(), store.policies, from_data(store.manifest["study"].get("named", {})))
