"""`linli explain`."""

from typing import Annotated

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    Json,
    Lang,
    Name,
    Policies,
    Seed,
    Values,
    With,
)


def explain(
    scenario: Name,
    policy: Policies = None,
    resident: Annotated[
        str | None, typer.Option(metavar="ID", help="The resident, by number [whose days differ most].")
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(metavar="D", help="The day after the burn-in [the one with the longest chain]."),
    ] = None,
    most_changed: Annotated[
        bool, typer.Option("--most-changed", help="Take the resident whose days differ most often.")
    ] = False,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Show one resident's decision in both arms on the same day, and follow it back to the first cause."""
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.attribution import explaining
        from linli.experiments.attribution.runs import check_parted
        from linli.experiments.compare.request import Request
        from linli.model.errors import InputError
        from linli.model.systems import systems_of
        from linli.model.text import checked_language

        checked_language(lang)
        check_parted(scenario, policy or ())
        if most_changed and resident is not None:
            raise InputError("--most-changed picks a resident: leave --resident out")
        request = Request(
            scenario, days=days, seed=seed, burn_in=burn_in, policies=policy, values=set_, runs=1
        )
        settings = request.baseline()
        request.treated(settings)  # a policy that does not fit is refused before anything runs
        compile_first(progress.say, systems_of(request.added(), settings.place))
        progress.expect("both arms", settings.burn_in + settings.days)
        arms = explaining.lived(settings, request.added(), progress.tick)
        found = explaining.asked_for(arms, resident, day)
    if json:
        output.print_json(explaining.as_data(found))
    else:
        from linli.experiments.attribution import explained_tables

        explained_tables.show(settings.title or settings.name, found, lang)
