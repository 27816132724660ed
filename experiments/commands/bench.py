"""`linli bench`."""

from typing import Annotated

import typer

from linli.experiments.commands.options import Json, Policies


def bench(
    only: Annotated[
        str | None, typer.Option(metavar="PART", help="Only donghu, library, chengdu, scaling or contagion.")
    ] = None,
    agents: Annotated[
        str | None, typer.Option(metavar="N,N", help="Sizes of the contagion workload [100000,1000000].")
    ] = None,
    small: Annotated[
        bool, typer.Option("--small", help="Tiny sizes, to see that everything runs; the numbers say little.")
    ] = False,
    policy: Policies = None,
    json: Json = False,
) -> None:
    """Measure how fast linli is on this machine, in minutes.

    A --policy acts in the parts donghu and chengdu, from the first day on.
    """
    from linli.experiments import output
    from linli.experiments.bench import parts, table
    from linli.experiments.bench.sizes import sizes

    results = parts.measure(parts.chosen(only), sizes(small, agents, policy or ()))
    if json:
        output.print_json(results)
    else:
        table.show(results)
