"""`linli evidence`."""

from typing import Annotated

import typer

from linli.experiments.commands.options import BurnIn, Days, Engine, Jobs, Json, Lang, Name, Seed, Values


def evidence(
    scenario: Name,
    runs: Annotated[str, typer.Option(metavar="N", help="Seeds; run r has the seed SEED + r.")] = "3",
    worlds: Annotated[
        str | None,
        typer.Option(metavar="N", help="In place of seeds: the first N worlds that fit, one seed each."),
    ] = None,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Hold the model against what is known: each figure and pattern beside what runs give, hit or missed.

    Over seeds of one world, or with --worlds over worlds that the evidence allows.
    """
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.calibration import beside
        from linli.experiments.compare.request import Request
        from linli.experiments.runner.launch import processors
        from linli.experiments.worlds import worlds as ensemble
        from linli.model.engines import checked_engine
        from linli.model.errors import count_of
        from linli.model.text import checked_language

        checked_language(lang)
        settings = beside.from_its_beginning(
            Request(scenario, days=days, seed=seed, burn_in=burn_in, values=set_)
        )
        processes = processors(jobs)
        if worlds is None:
            lived = beside.seeds_of(settings, count_of("--runs", runs, 1, 10_000))
        else:
            lived = beside.worlds_of(settings, ensemble(settings.name).first(count_of("--worlds", worlds, 1)))
        if checked_engine(engine) == "array":
            compile_first(progress.say)
        progress.expect("runs", beside.days_of(lived))
        found = beside.beside(lived, engine, min(processes, len(lived)), progress.reach)
    if json:
        output.print_json(beside.as_data(found))
    else:
        beside.show(settings.title or settings.name, found, lang)
