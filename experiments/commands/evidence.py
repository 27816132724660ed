"""`linli evidence`."""

from typing import Annotated

import typer

from linli.experiments.commands.options import BurnIn, Days, Engine, Jobs, Json, Lang, Name, Seed, Values


def evidence(
    scenario: Name,
    runs: Annotated[str, typer.Option(metavar="N", help="Seeds; run r has the seed SEED + r.")] = "3",
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Hold the model against what is known: each figure beside what runs give, inside its band or not."""
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.calibration import beside
        from linli.experiments.compare.request import Request
        from linli.experiments.runner.launch import processors
        from linli.model.engines import checked_engine
        from linli.model.errors import count_of
        from linli.model.text import checked_language

        checked_language(lang)
        settings = beside.from_its_beginning(
            Request(scenario, days=days, seed=seed, burn_in=burn_in, values=set_)
        )
        pairs, processes = count_of("--runs", runs, 1, 10_000), processors(jobs)
        if checked_engine(engine) == "array":
            compile_first(progress)
        progress.expect("runs", pairs * (settings.burn_in + settings.days))
        found = beside.beside(settings, pairs, engine, min(processes, pairs), progress.reach)
    if json:
        output.print_json(beside.as_data(found))
    else:
        beside.show(settings.title or settings.name, found, lang)
