"""How a sweep ends: the answer of its study, on the screen and in the folder `answer` inside the study's."""

from pathlib import Path

from linli.experiments.answer import answer_or_none
from linli.experiments.output import file_away
from linli.experiments.output.screen import console
from linli.experiments.store import Store
from linli.experiments.store.reading import read
from linli.model.errors import InputError


def conclude(folder: Path, lang: str = "en") -> bool:
    """Work out the answer of the study in a folder, write it there and show it. Whether there is one: a study
    has none without two finished runs that can be compared."""
    store = Store(folder)
    if store.worlds:
        from linli.experiments.across import concluding

        if concluding.is_over_worlds(store):
            return concluding.conclude(store, lang)
    try:
        results = read(folder)
    except InputError:  # every run failed
        return False
    found = answer_or_none(results, lang)
    if found is None:
        return False
    file_away(folder / "answer", found.files())
    found.show()
    console().print(f"Table and figure: {folder / 'answer'}", soft_wrap=True)
    return True
