"""`linli sensitivity`."""

from pathlib import Path
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
    refused,
)

NOT_OVER_WORLDS = (
    "sensitivity: it moves parameters freely, out of what fits the evidence. Which of them decide over "
    "worlds that fit is asked with: linli discover SCENARIO --policy ... --worlds N"
)


def sensitivity(
    scenario: Name,
    policy: Policies = None,
    measure: Annotated[
        str, typer.Option(metavar="NAME", help="What is looked at (see: linli list measures).")
    ] = "engaged_share",
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=LOW:HIGH]",
            help="A parameter, or an option as policy.option=LOW:HIGH; or drawn as normal:MEAN:SD, "
            "lognormal:MEDIAN:SIGMA, triangular:LOW:MODE:HIGH; repeatable [all assumed parameters].",
        ),
    ] = None,
    trajectories: Annotated[str, typer.Option(metavar="N", help="Trajectories of the screening.")] = "40",
    samples: Annotated[str, typer.Option(metavar="N", help="Base samples of Sobol', a power of 2.")] = "64",
    top: Annotated[str, typer.Option(metavar="N", help="Parameters that go on from the screening.")] = "6",
    runs: Annotated[str, typer.Option(metavar="N", help="Seeds of each point.")] = "2",
    design_seed: Annotated[
        str | None,
        typer.Option(
            "--design-seed",
            metavar="N",
            help="Seed of the sampling [the scenario's + 1]; another one says how settled ranks are.",
        ),
    ] = None,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    worlds: Annotated[
        str | None,
        typer.Option(metavar="N", help="Not here: a point of this search does not fit the evidence."),
    ] = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder [results/sensitivity-SCENARIO].")
    ] = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Find the parameters that an effect hangs on: Morris screening, then Sobol' indices.

    The effect is that of the policies on the measure, under the same luck; without a policy, the measure
    itself. The same command goes on where it was stopped.

    Parameters move freely here, also to where nothing fits the evidence any more, and effects are shared out
    among them as if they were independent. Worlds that fit are neither: over those, linli discover --worlds
    ranks what decides.

    For example: linli sensitivity lane --policy match --over mu --over J --over rho --over c_m=0.5:4
    """
    from linli.experiments.output.progress import Progress

    with Progress("loading", "runs") as progress:
        from linli.experiments import output
        from linli.experiments.analysis import sensitivity, sensitivity_tables
        from linli.experiments.compare.request import Request
        from linli.experiments.runner.launch import processors
        from linli.model.text import checked_language

        checked_language(lang)
        refused(NOT_OVER_WORLDS, {"--worlds": worlds})
        settings = Request(
            scenario, days=days, seed=seed, burn_in=burn_in, policies=policy, values=set_
        ).baseline()
        asked = sensitivity.Question(
            scenario=settings,
            policies=sensitivity.checked_policies(settings, policy or ()),
            measure=measure,
            over=sensitivity.factors_of(over),
            trajectories=trajectories,
            samples=samples,
            top=top,
            runs=runs,
            design_seed=design_seed,
            engine=engine,
        )
        folder = out or Path("results") / f"sensitivity-{settings.name}"
        found = sensitivity.sensitivity(asked, folder, processors(jobs), progress)
        output.file_away(folder, sensitivity_tables.files(asked, found, lang))
    if json:
        output.print_json(sensitivity_tables.as_data(asked, found))
    else:
        sensitivity_tables.show(asked, found, folder, lang)
