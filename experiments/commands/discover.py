"""`linli discover`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    Jobs,
    Json,
    Lang,
    Policies,
    Seed,
    With,
    Worlds,
    refused,
)

if TYPE_CHECKING:
    from linli.experiments.output import Writers
    from linli.experiments.store import Store


def discover(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="The folder of a study (see: linli sweep); a scenario with --worlds."
        ),
    ],
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What rises or falls (see: linli list measures) [residents' own hours; woken less replaced, "
            "over worlds].",
        ),
    ] = None,
    arm: Annotated[str | None, typer.Option(metavar="NAME", help="The arm, if there are several.")] = None,
    policy: Policies = None,
    worlds: Worlds = None,
    runs: Annotated[str | None, typer.Option(metavar="N", help="Pairs of runs in each world [1].")] = None,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write points, boxes and a figure there.")
    ] = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Find the conditions under which policies raise or lower a measure (PRIM and CART).

    By default: where they raise residents' own hours on matters, and where they lower them.
    Studies with a latin_hypercube design over the uncertain parameters suit best.

    Over worlds that fit the evidence (a study made with --worlds, or a scenario with --policy and --worlds
    here): which assumptions decide, where mobilisation wakes and where it replaces, and what to measure next.
    """
    from linli.experiments.output.progress import Progress

    with Progress("searching", "steps") as progress:
        from linli.experiments import output
        from linli.experiments.store import Store
        from linli.model.text import checked_language

        checked_language(lang)
        where = output.Folder(out) if out else None
        if worlds is not None:
            from linli.experiments.across.compared import compared
            from linli.experiments.compare.request import Request
            from linli.experiments.runner.launch import processors

            request = Request(
                str(folder), days=days, seed=seed, burn_in=burn_in, policies=policy, runs=runs or "1"
            )
            folder = compared(request, worlds, processors(jobs), progress).folder
        else:
            given = {"--policy": policy, "--runs": runs, "--days": days, "--seed": seed, "--burn-in": burn_in}
            refused("the folder of a study (with --worlds, name a scenario)", {**given, "--jobs": jobs})
        store = Store(folder)
        find = _among_worlds if store.worlds else _among_points
        files, as_data, show = find(store, measure, arm, lang)
        if where:
            where.write(files())
    if json:
        output.print_json(as_data())
    else:
        show()


Told = tuple[Callable[[], "Writers"], Callable[[], dict[str, Any]], Callable[[], None]]
"""What was found: as files, as data, and on the screen."""


def _among_points(store: "Store", measure: str | None, arm: str | None, lang: str) -> Told:
    """Conditions among the points of a study."""
    from linli.experiments.analysis import discovery
    from linli.experiments.analysis import discovery_tables as tables
    from linli.experiments.store.reading import results_of

    found = discovery.discover(results_of(store), measure or discovery.MEASURE, arm)
    tell = partial(tables.files, found, lang), partial(tables.as_data, found)
    return *tell, partial(tables.show, found, lang)


def _among_worlds(store: "Store", measure: str | None, arm: str | None, lang: str) -> Told:
    """What decides among worlds."""
    from linli.experiments.across import discovered_tables as tables
    from linli.experiments.across.discovered import discovered
    from linli.experiments.across.effects import one_arm
    from linli.experiments.store.reading import results_of

    found = discovered(one_arm(results_of(store), arm), measure)
    tell = partial(tables.files, found, lang), partial(tables.as_data, found, lang)
    return *tell, partial(tables.show, found, lang)
