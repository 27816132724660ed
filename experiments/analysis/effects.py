"""What `linli analyse` makes of a study's results: tables, figures, and what is shown on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.doses import dose_response
from linli.experiments.figures.effects import forest
from linli.experiments.figures.stability import variation_by_runs
from linli.experiments.figures.style import files, language_of_figures, styled
from linli.experiments.figures.turning import WORDS, along
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of, level_of
from linli.experiments.output.written import csv_of, tex_of
from linli.experiments.statistics import dose as doses
from linli.experiments.statistics.interaction import interactions
from linli.experiments.statistics.means import means
from linli.experiments.statistics.pairs import Pairs, against_baseline, against_level
from linli.experiments.statistics.replications import replications
from linli.experiments.statistics.results import Results, is_parameter
from linli.experiments.statistics.stability import stability
from linli.experiments.statistics.turning import turns
from linli.model.errors import InputError, number_of, unknown
from linli.model.text import checked_language

CAPTIONS = {
    "means": "Means with 95 % intervals (Student's t over seeds)",
    "effects": "Paired differences under common random numbers, averaged over conditions",
    "effects_by_condition": "Paired differences under common random numbers, condition by condition",
    "curves": "Dose and response: means, and paired differences from the lowest dose",
    "marginal": "What one more unit of dose adds between neighbouring doses",
    "bends": "Where responses bend: broken stick, profile-likelihood intervals",
    "turns": "Where effects turn along a parameter: zero of the mean, and where the interval includes zero",
    "along": "Effects along sampled factors, in bins of points",
    "interactions": "Differences of differences: what two factors do together beyond each alone",
    "replications": "Pairs of runs needed to see an effect with 80 % power",
    "stability": "Runs until the coefficient of variation moves by less than .01 (Lee et al. 2015)",
}
"""Every table that a folder may hold."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """Tables by name, figures by name, and what a reader should know besides (in the results' own words)."""

    tables: dict[str, pd.DataFrame]
    figures: dict[str, Figure]
    remarks: list[str] = field(default_factory=list)

    def files(self) -> Writers:
        """Every table as CSV and LaTeX, every figure as PNG and SVG."""
        written: dict[str, object] = {}
        for name, table in self.tables.items():
            written[f"{name}.csv"] = partial(csv_of, table)
            written[f"{name}.tex"] = partial(tex_of, table, CAPTIONS[name.partition("-")[0]])
        return {**written, **files(self.figures)}  # type: ignore[dict-item]


def analyse(
    results: Results,
    measures: Sequence[str] | None = None,
    stated: dict[str, float] | None = None,
    lang: str = "en",
) -> Analysis:
    """Everything that the results allow. measures: those asked for (headlines if none); stated: effects to
    plan for, by measure; lang: of the figures. Raises InputError for names that are not there."""
    checked_language(lang)
    chosen = results.chosen(measures)
    for name in stated or {}:
        if name not in results.measures:
            raise unknown("measure of this study", name, results.measures)
    pairs = paired_runs(results)
    tables = _tables(results, pairs, chosen, stated or {})
    with styled():
        figures = _figures(results, pairs, tables, chosen, language_of_figures(lang))
    return Analysis(tables, figures, _remarks(results, pairs))


def paired_runs(results: Results) -> Pairs | None:
    """Arms against the baseline; without one, the first factor's highest level against its lowest."""
    if results.has_baseline:
        return against_baseline(results)
    ordered = sorted(results.varied, key=is_parameter)
    if not ordered:
        return None
    levels = results.levels(ordered[0])
    return against_level(results, ordered[0], levels[0], levels[-1])


def stated_effects(texts: Sequence[str]) -> dict[str, float]:
    """Effects to plan for, from `measure=value`."""
    stated = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise InputError(
                f"--detect {text}: write measure=effect, for example --detect engaged_share=0.005"
            )
        number = number_of(f"--detect {name}", value, -1e12, 1e12)
        if number == 0.0:
            raise InputError(f"--detect {text}: no number of runs shows an effect of nothing")
        stated[name] = number
    return stated


def telling(results: Results) -> str:
    """The column that figures tell apart: arms if there are several, else the first factor of words."""
    words = [name for name in results.varied if not results.is_numeric(name)]
    return "arm" if len(results.arms) > 1 or not words else words[0]


def steps_of_parameters(results: Results, pairs: Pairs | None) -> list[str]:
    """Parameters along which effects can be looked at."""
    stepped = [name for name in doses.doses(results) if is_parameter(name)]
    return stepped if pairs is not None and len(pairs) and not _is_contrast(results, stepped) else []


def steps_of_policies(results: Results, pairs: Pairs | None) -> list[str]:
    """Factors whose own curves are of interest: doses of policies; parameters if nothing else varies."""
    parameters = steps_of_parameters(results, pairs)
    return [name for name in doses.doses(results) if name not in parameters]


def _is_contrast(results: Results, parameters: Sequence[str]) -> bool:
    """Whether pairs are made of the levels of a parameter, for want of anything else."""
    return not results.has_baseline and sorted(results.varied, key=is_parameter)[0] in parameters


def _tables(
    results: Results, pairs: Pairs | None, chosen: Sequence[str], stated: dict[str, float]
) -> dict[str, pd.DataFrame]:
    tables = {"means": means(results, chosen)}
    if pairs is not None and len(pairs):
        varied = [name for name in ("arm", *results.varied) if pairs.keys[name].nunique(dropna=False) > 1]
        tables["effects"] = pairs.effects(chosen, ["arm"])
        if varied:
            tables["effects_by_condition"] = pairs.effects(chosen, varied)
        tables["replications"] = replications(pairs, chosen, stated)
        along = {name: doses.binned(pairs, name, chosen) for name in doses.sampled(results)}
        tables |= {f"along-{name}": table for name, table in along.items()}
    by = telling(results)
    for name in steps_of_parameters(results, pairs):
        tables[f"effects-{name}"] = pairs.effects(chosen, [by, name])  # type: ignore[union-attr]
        tables[f"turns-{name}"] = turns(pairs, name, chosen, [by])  # type: ignore[arg-type]
    for dose in steps_of_policies(results, pairs):
        tables[f"curves-{dose}"] = doses.curves(results, dose, chosen, [by])
        tables[f"marginal-{dose}"] = doses.marginal(results, dose, chosen, [by])
        tables[f"bends-{dose}"] = doses.bends(results, dose, chosen, [by])
    tables["interactions"] = interactions(results, chosen)
    tables["stability"] = stability(results, chosen)
    return {name: table for name, table in tables.items() if len(table)}


def _figures(
    results: Results,
    pairs: Pairs | None,
    tables: dict[str, pd.DataFrame],
    chosen: Sequence[str],
    lang: str,
) -> dict[str, Figure]:
    figures = {"stability": variation_by_runs(results, chosen, lang)}
    by = telling(results)
    if "effects" in tables and pairs is not None:
        table = pairs.effects(chosen, [by])
        table["what"] = [_line(by, v, lang) for v in table[by]]
        figures["effects"] = forest(table, list(dict.fromkeys(table["what"])), chosen, lang)
    for name in steps_of_parameters(results, pairs):
        lines = tables[f"effects-{name}"].groupby(by, sort=False, dropna=False)
        named = {_line(by, level, lang): table for level, table in lines}
        figures[f"effects-{name}"] = along(named, name, chosen, lang)
    for dose in steps_of_policies(results, pairs):
        bends = tables.get(f"bends-{dose}", pd.DataFrame())
        if f"curves-{dose}" in tables:
            figures[f"dose-{dose}"] = dose_response(tables[f"curves-{dose}"], bends, dose, by, chosen, lang)
    for name in doses.sampled(results):
        if f"along-{name}" in tables:
            figures[f"along-{name}"] = along({WORDS[lang]: tables[f"along-{name}"]}, name, chosen, lang)
    if "interactions" in tables:
        table = tables["interactions"].copy()
        table["what"] = _both(table, lang)
        table["difference"] = table["interaction"]
        figures["interactions"] = forest(table, list(dict.fromkeys(table["what"])), chosen, lang)
    return figures


def _line(by: str, level: object, lang: str) -> str:
    """What a line is called that stands for an arm or a level."""
    return str(level) if by == "arm" else level_of(by, level, lang)


def _both(table: pd.DataFrame, lang: str) -> list[str]:
    """What is held together, row by row: `mu = 1 × match: random`."""
    return [
        f"{level_of(row.first, row.first_level, lang)} × {level_of(row.second, row.second_level, lang)}"
        for row in table.itertuples()
    ]


def _remarks(results: Results, pairs: Pairs | None) -> list[str]:
    remarks = []
    if results.failed:
        remarks.append(f"{results.failed} runs failed and are left out")
    if pairs is None or not len(pairs):
        remarks.append("no two runs share their luck: there are no paired differences, only means")
    elif not results.has_baseline:
        first = sorted(results.varied, key=is_parameter)[0]
        levels = results.levels(first)
        what = f"{label_of(first)}: {levels[-1]} against {levels[0]}"
        remarks.append(f"there is no baseline: paired differences are those of {what}")
    if results.worlds:
        remarks.append(
            f"over {results.frame['world'].nunique()} worlds: a mean of each stands in place of a seed, and "
            "intervals are those of their mean; linli discover says in how many worlds an effect is positive"
        )
    if results.frame["seed"].nunique() == 1:
        remarks.append("a single seed: no interval can be given")
    return remarks
