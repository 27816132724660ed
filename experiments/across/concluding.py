"""How a sweep over worlds ends: one arm by its effects, several by which does well in most worlds, a dose by
what it wakes and replaces year by year."""

from pathlib import Path

from linli.experiments.across import lasting_report
from linli.experiments.across.choosing import choice
from linli.experiments.across.effects import across
from linli.experiments.across.lasting import dosed, is_dosed
from linli.experiments.across.report import effects_files
from linli.experiments.across.tables import show
from linli.experiments.output import file_away
from linli.experiments.output.screen import console
from linli.experiments.store import Store
from linli.experiments.store.reading import results_of
from linli.model.errors import InputError
from linli.model.policies import from_table, to_text


def is_over_worlds(store: Store) -> bool:
    """Whether the answer is one of those here: a study over worlds with arms alone, or with a dose."""
    return not store.factors or is_dosed(store)


def conclude(store: Store, lang: str) -> bool:
    """Show the answer of a study over worlds and write it into its folder. Whether there is one."""
    if is_dosed(store):
        try:
            lasting_report.conclude(store, dosed(store), lang)
        except InputError:  # runs failed
            return False
        return True
    try:
        arms = list(across(results_of(store)))
    except InputError:  # every run failed, or there is no arm
        return False
    if not arms:
        return False
    folder: Path = store.folder / "answer"
    title = (
        store.manifest["study"]["title_zh" if lang == "zh" else "title"] or store.manifest["study"]["name"]
    )
    days, burn_in = store.manifest["days"], store.manifest["burn_in"]
    if len(arms) > 1:
        found = choice(arms, lang)
        found.show()
        file_away(folder, {**found.files(), **effects_files(arms)})
    else:
        policies = "; ".join(to_text(from_table(table)) for table in store.policies[arms[0].arm])
        show(title, policies, days, burn_in, arms[0], lang, store.folder)
        file_away(folder, effects_files(arms))
    console().print(f"{folder}", soft_wrap=True, style="dim")
    return True
