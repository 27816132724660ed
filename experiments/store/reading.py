"""From the folder of a study to results that can be analysed."""

from pathlib import Path

from linli.experiments.statistics.results import Results
from linli.experiments.store import Store
from linli.experiments.study.level_names import from_data


def read(folder: Path) -> Results:
    """What there is to analyse of a study: its finished runs, or of one over worlds a mean for each world in
    place of its runs. Raises InputError for a folder that is none, or that has no run."""
    return results_of(Store(folder)).by_world()


def results_of(store: Store) -> Results:
    """The finished runs in a store. Raises InputError if there is none."""
    named = from_data(store.manifest["study"].get("named", {}))
    return Results.of(store.read(), store.policies, named, store.worlds)
