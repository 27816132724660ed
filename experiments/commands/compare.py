"""`linli compare`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    DaysPerPass,
    Engine,
    Jobs,
    Json,
    Lang,
    Name,
    NetworkFile,
    Out,
    Policies,
    ResidentsFile,
    Seed,
    Threads,
    Values,
    With,
    Worlds,
    refused,
)

RUNS = "20"


def compare(
    scenario: Name,
    policy: Policies = None,
    runs: Annotated[
        str | None,
        typer.Option(metavar="N", help="Pairs of runs [20; 1 in each world]; run r has the seed SEED + r."),
    ] = None,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    network: NetworkFile = None,
    residents: ResidentsFile = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    threads: Threads = None,
    days_per_pass: DaysPerPass = None,
    out: Out = None,
    equal_cost: Annotated[
        str | None,
        typer.Option(
            metavar="YUAN",
            help="Scale every --policy [all there are] to so many yuan per resident and year, and rank them.",
        ),
    ] = None,
    worlds: Worlds = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Compare policies with the baseline, under the same luck.

    With --equal-cost, each --policy is a rival of the others; policies in one --policy, with ; between them,
    are scaled together. They act for the scenario's days, and a year more shows what is left.

    With --worlds, policies are lived through in so many worlds that fit the evidence: what they do in the
    middle one, in nine of ten, and in how many of a hundred it is more.
    """
    from linli.experiments.output.progress import Progress

    asked: dict[str, Any] = {"days": days, "seed": seed, "burn_in": burn_in, "values": set_, "engine": engine}
    unusable = {"--network": network, "--threads": threads, "--days-per-pass": days_per_pass}
    if equal_cost is not None:
        _at_equal_cost(
            scenario, equal_cost, policy, runs or RUNS, asked, {**unusable, "--worlds": worlds}, jobs, out,
            lang, json,
        )  # fmt: skip
        return
    if worlds is not None:
        asked |= {"policies": policy, "runs": runs or "1", "jobs": jobs, "out": out}
        _over_worlds(scenario, worlds, asked, unusable, lang, json)
        return
    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.compare import report
        from linli.experiments.compare.request import Request

        request = Request(
            scenario, days=days, seed=seed, burn_in=burn_in, policies=policy, values=set_, network=network,
            residents=residents, engine=engine, out=out, runs=runs or RUNS, jobs=jobs, threads=threads,
            days_per_pass=days_per_pass,
        )  # fmt: skip
        settings = request.baseline(progress.say)
        folder = output.Folder(out) if out else None
        pairs = report.pairs(request, settings, progress)
    if folder:
        folder.write(report.compare_files(request, settings, pairs))
    data = report.of_comparison(request, settings, pairs)
    if json:
        output.print_json(data)
    else:
        from linli.experiments.compare import tables

        tables.show_comparison(settings.title, data)


def _at_equal_cost(
    scenario: str,
    yuan: str,
    policies: Policies,
    runs: str,
    asked: dict[str, Any],
    unusable: dict[str, Any],
    jobs: str | None,
    out: Path | None,
    lang: str,
    json: bool,
) -> None:
    """Every policy at the size at which it costs the same, and their ranks. asked: options of a `Request`;
    unusable: those that this has no use for."""
    from linli.experiments.output.progress import Progress

    with Progress("loading", "sizes") as progress:
        from linli.experiments import output
        from linli.experiments.analysis.mixes import checked_budget
        from linli.experiments.compare.request import Request
        from linli.experiments.equal_cost import report
        from linli.experiments.equal_cost.sizes import packages
        from linli.experiments.equal_cost.study import Asked
        from linli.experiments.runner.launch import processors
        from linli.model.errors import InputError
        from linli.model.text import checked_language

        checked_language(lang)
        refused("--equal-cost", unusable)
        request = Request(scenario, **asked)
        if request.snapshot:
            raise InputError(f"{scenario} is a later day of a run: --equal-cost begins with a scenario")
        question = Asked(
            scenario=request.baseline(),
            packages=packages(policies or ()),
            budget=checked_budget(yuan, "--equal-cost"),
            runs=runs,
            name=scenario,
            values=asked["values"],
            engine=request.engine,
        )
        folder = out or Path("results") / f"equal-cost-{question.scenario.name}"
        found = report.made(question, folder, processors(jobs), progress, lang)
        output.file_away(folder, found.files())
    if json:
        output.print_json(found.as_data())
    else:
        found.show(folder)


def _over_worlds(
    scenario: str,
    worlds: str,
    asked: dict[str, Any],
    unusable: dict[str, Any],
    lang: str,
    json: bool,
) -> None:
    """The policies in so many worlds. asked: options of a `Request`; unusable: those that this has no use
    for."""
    from linli.experiments.output.progress import Progress

    with Progress("loading", "runs") as progress:
        from linli.experiments import output
        from linli.experiments.across import report
        from linli.experiments.across.compared import compared
        from linli.experiments.compare.request import Request
        from linli.experiments.runner.launch import processors
        from linli.model.text import checked_language

        checked_language(lang)
        refused("--worlds", unusable)
        found = compared(Request(scenario, **asked), worlds, processors(asked["jobs"]), progress)
        output.file_away(found.folder / "answer", report.files(found, lang))
    if json:
        output.print_json(report.as_data(found, lang))
    else:
        from linli.experiments.across import tables

        policies = "; ".join(asked["policies"])
        settings = found.scenario
        tables.show(
            settings.title, policies, settings.days, settings.burn_in, found.found, lang, found.folder
        )
