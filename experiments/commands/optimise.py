"""`linli optimise`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    Engine,
    Jobs,
    Json,
    Lang,
    Name,
    Seed,
    Values,
    With,
    Worlds,
)

if TYPE_CHECKING:
    from linli.model.scenario import Scenario


def optimise(
    scenario: Name,
    budget: Annotated[str, typer.Option(metavar="YUAN", help="For each resident and year.")],
    policy: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A policy that may be used; repeatable [all of them]."),
    ] = None,
    trials: Annotated[str, typer.Option(metavar="N", help="Mixes to try.")] = "200",
    runs: Annotated[
        str, typer.Option(metavar="N", help="Seeds of the search, and as many fresh ones to judge by.")
    ] = "4",
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    worlds: Worlds = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder [results/optimise-SCENARIO].")
    ] = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Find the best mix of policies for a budget, and the front of engagement, resolution and cost.

    The same command gives the same result, and goes on where it was stopped.

    With --worlds, the search sees --runs worlds that fit the evidence, and the front is judged in all others:
    by the worst of nine in ten, by regret, by the share of worlds in which a mix does any good.

    For example: linli optimise lane --budget 40 --policy match --policy relieve --policy council
    """
    from linli.experiments.output.progress import Progress

    with Progress("loading", "mixes") as progress:
        from linli.experiments import output
        from linli.experiments.analysis import mixes
        from linli.experiments.analysis import optimisation as optimise
        from linli.experiments.analysis import optimisation_tables as optimise_tables
        from linli.experiments.compare.request import Request
        from linli.experiments.runner.launch import processors
        from linli.model.engines import checked_engine
        from linli.model.errors import count_of
        from linli.model.text import checked_language

        checked_language(lang)
        settings = Request(scenario, days=days, seed=seed, burn_in=burn_in, values=set_).baseline()
        search = optimise.Search(
            scenario=settings,
            levers=mixes.levers(settings, policy),
            budget=mixes.checked_budget(budget),
            trials=count_of("--trials", trials, 1, 100_000),
            runs=count_of("--runs", runs, 1, 10_000),
            engine=checked_engine(engine),
            worlds=_worlds(settings, worlds, set_),
        )
        folder = out or Path("results") / f"optimise-{settings.name}"
        found = optimise.optimise(search, folder, processors(jobs), progress)
        output.file_away(folder, optimise_tables.files(search, found, lang))
    if json:
        output.print_json(optimise_tables.as_data(search, found))
    else:
        optimise_tables.show(search, found, lang)


def _worlds(settings: "Scenario", worlds: str | None, values: list[str] | None) -> tuple[Any, ...]:
    """The worlds of a place, if so many are asked for."""
    from linli.experiments.study.seeds import Seeds
    from linli.experiments.study.worlds import named_by_set, worlds_for

    if worlds is None:
        return ()
    return worlds_for(settings, worlds, Seeds(settings.seed), named_by_set(values))
