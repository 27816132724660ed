"""`linli attribute`."""

from typing import Annotated

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    Engine,
    Jobs,
    Json,
    Lang,
    Name,
    Policies,
    Seed,
    Values,
    With,
)


def attribute(
    scenario: Name,
    policy: Policies = None,
    runs: Annotated[str, typer.Option(metavar="N", help="Pairs of arms; run r has the seed SEED + r.")] = "1",
    after: Annotated[
        str,
        typer.Option(
            metavar="YEARS", help="Go on so long after the policies end, and show years 1, 2 and 5 of it [0]."
        ),
    ] = "0",
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Say which acts policies bring about or take away, by what differed first in each decision.

    Both arms live through the same days under the same luck; the classes add up to the difference exactly.
    """
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.attribution import report
        from linli.experiments.attribution.runs import MOST_YEARS, Task, check_parted, spans_of
        from linli.experiments.compare.request import Request
        from linli.model.errors import count_of
        from linli.model.systems import systems_of
        from linli.model.text import checked_language

        checked_language(lang)
        years = count_of("--after", after, 0, MOST_YEARS)
        check_parted(scenario, policy or ())
        request = Request(
            scenario, days=days, seed=seed, burn_in=burn_in, policies=policy, values=set_, engine=engine,
            runs=runs, jobs=jobs,
        )  # fmt: skip
        settings = request.baseline()
        policies, spans = spans_of(request.added(), settings.days, years)
        lasting = max(settings.days, spans[-1].behind)
        request.treated(settings)  # a policy that does not fit is refused before anything runs
        if engine == "array":
            compile_first(progress.say, systems_of(policies, settings.place))
        tasks = [
            Task(settings.but(seed=settings.seed + run), policies, engine, lasting)
            for run in range(request.pairs)
        ]
        progress.expect(f"{len(tasks)} pairs of arms", len(tasks) * (settings.burn_in + lasting))
        processes = request.processes_for(settings)
        found = report.pairs(tasks, spans, processes, progress.reach)
    if json:
        output.print_json(report.as_data(found, spans))
    else:
        from linli.experiments.attribution import tables

        tables.show(settings.title or settings.name, found, spans, lang)
