"""A dose over worlds and years, shown and written: sentences, a table, the fan and the map of worlds."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from linli.experiments.across import lasting_sentences as told
from linli.experiments.across.deciding import deciding
from linli.experiments.across.effects import NET, Over
from linli.experiments.across.explained import FEWEST
from linli.experiments.across.lasting import DOSE, FIRST, Dosed, Lasting
from linli.experiments.across.report import of_over
from linli.experiments.across.sentences import NET_WORDS
from linli.experiments.across.words import HUNDRED, spread
from linli.experiments.answer.words import names_of, unit_of_change
from linli.experiments.figures import fan, wake_map
from linli.experiments.figures.style import files as figure_files
from linli.experiments.figures.style import language_of_figures, styled
from linli.experiments.output import Writers, file_away
from linli.experiments.output.labels import dose_of, level_of
from linli.experiments.output.screen import console, headed, paragraphs
from linli.experiments.output.written import csv_of, paragraphs_of, text_of
from linli.experiments.statistics.attributed import NAME_OF
from linli.experiments.store import Store
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN
from linli.model.text import Text
from linli.model.unidentified import UNIDENTIFIED

GROUPS: Mapping[str, Text] = {
    NET: NET_WORDS,
    WOKEN: Text("woken", "唤起"),
    REPLACED: Text("replaced", "替代"),
    ASKED: Text("asked", "被邀"),
    DISPLACED: Text("displaced", "挪移"),
}
HEADS = (
    Text("year", "年"),
    Text("acts", "参与"),
    Text("middle", "居中"),
    Text("90 % of worlds", "九成世界"),
    Text("more in", "增加的世界"),
)
TITLE = Text(
    "What sinking at {dose} changes, against none, in {worlds} worlds that fit the evidence",
    "与不下沉相比，{dose}的下沉在符合证据的{worlds}个世界中带来的变化",
)
AT = Text("with {setting}; in {unit}", "条件：{setting}；单位：{unit}")


def conclude(store: Store, found: Dosed, lang: str) -> None:
    """Show the answer and write it into the folder of the study."""
    screen = console()
    show(screen, found, lang)
    folder: Path = store.folder / "answer"
    file_away(folder, files(found, lang))
    screen.print(f"{folder}", soft_wrap=True, style="dim")


def show(screen: Console, found: Dosed, lang: str) -> None:
    """Table, then sentences."""
    unit = unit_of_change(NAME_OF[WOKEN], lang)
    dose = dose_of(DOSE, found.main.dose, lang)
    head = TITLE.said(lang).format(dose=dose, worlds=found.worlds)
    screen.print(head, style="bold", soft_wrap=True)
    screen.print(
        AT.said(lang).format(setting=setting_of(found.main, lang), unit=unit), style="dim", soft_wrap=True
    )
    screen.print(rows(found.main, lang))
    screen.print()
    screen.print(paragraphs(told.sentences(found, lang)))


def setting_of(one: Lasting, lang: str) -> str:
    """Everything that a study sets besides the dose."""
    return names_of((level_of(n, v, lang) for n, v in one.setting.items()), lang)


def rows(one: Lasting, lang: str) -> Table:
    """A row a year and group."""
    shown = headed(HEADS, lang, HEADS[:2])
    for name, year in one.years.items():
        for n, (group, label) in enumerate(GROUPS.items()):
            when = told.YEARS[name].said(lang).format(n=year.number) if n == 0 else ""
            shown.add_row(when, label.said(lang), *_cells(year.groups[group]))
    return shown


def _cells(over: Over) -> Sequence[str]:
    a, b, c = spread(over)
    if over.sign is None or over.is_still:
        return a, "", ""
    share, low, high = (100.0 * v for v in over.sign.share_up)
    of = min(over.sign.worlds, HUNDRED)
    return a, f"{b} … {c}", f"{share / 100.0 * of:.0f} / {of} ({low:.0f}–{high:.0f} %)"


def table(found: Dosed) -> pd.DataFrame:
    """A row a dose and setting, year and group."""
    listed = [
        {
            DOSE: one.dose, **one.setting, "year": year.number, "acts": group,
            **pd.json_normalize(of_over(over), sep="_").iloc[0].to_dict(),
        }
        for one in (found.main, *found.others)
        for year in one.years.values()
        for group, over in year.groups.items()
    ]  # fmt: skip
    return pd.DataFrame(listed)


def by_world(found: Dosed) -> pd.DataFrame:
    """A row a world: its parameters, then what is woken less what is replaced in each year."""
    nets = {f"net_{name}": year.net for name, year in found.main.years.items()}
    return found.parameters.assign(**nets).reset_index()


def axes_of(found: Dosed) -> tuple[list[str], bool]:
    """The two assumptions that the map is drawn over: those that decide, as far as they are told from chance;
    then those that are known to be open, in their order, so that chance does not choose. And whether any is
    told from chance: only then does the map say what to expect between worlds."""
    decides = deciding(found.parameters, found.main.years[FIRST].net)
    clear = [one.parameter for one in decides if one.is_clear]
    known = [name for name in UNIDENTIFIED if name in found.parameters]
    return list(dict.fromkeys([*clear, *known, *found.parameters]))[:2], bool(clear)


def files(found: Dosed, lang: str) -> Writers:
    """Sentences, tables, the fan of worlds, and the map where there are worlds enough for one."""
    drawn = language_of_figures(lang)
    what = f"{NET_WORDS.said(drawn)} [{unit_of_change(NAME_OF[WOKEN], drawn)}]"
    nets = {
        told.YEARS[name].said(drawn).format(n=year.number): year.net
        for name, year in found.main.years.items()
    }
    with styled():
        figures = {"fan": fan.draw(nets, what, drawn)}
        first = found.main.years[FIRST].net
        if found.worlds >= FEWEST and first.nunique() > 1:
            axes, clear = axes_of(found)
            figures["map"] = wake_map.draw(found.parameters[axes], first, what, drawn, shaded=clear)
    return {
        "answer.txt": partial(text_of, paragraphs_of(told.sentences(found, lang), lang)),
        "answer.csv": partial(csv_of, table(found)),
        "worlds.csv": partial(csv_of, by_world(found)),
        **figure_files(figures),
    }
