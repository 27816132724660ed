"""The command `linli`: wiring only. What a run is stands in `experiments/runs.py`.

Nothing heavy is imported here before a command is known: `linli --help` answers at once.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from model.errors import InputError

app = typer.Typer(
    name="linli",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
UsageError: type[Exception] = typer.BadParameter.__mro__[1]

Name = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="A name (see: linli list scenarios) or a path to a .toml file."),
]
# Numbers come as text: linli's own checks say better what is wrong with one than Typer's do.
Days = Annotated[str | None, typer.Option(metavar="N", help="Days after the burn-in [the scenario's].")]
Seed = Annotated[str | None, typer.Option(metavar="N", help="Seed of all chance [the scenario's].")]
BurnIn = Annotated[
    str | None, typer.Option("--burn-in", metavar="N", help="Days before policies act [the scenario's].")
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy",
        metavar="TEXT",
        help="A policy, as name or name:option=value,option=value (see: linli list policies); repeatable.",
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A parameter's value (see: linli list parameters); repeatable."
    ),
]
NetworkFile = Annotated[
    Path | None,
    typer.Option(
        "--network",
        metavar="FILE",
        help="A network of one's own: .graphml, .gexf or a list of ties.",
    ),
]
ResidentsFile = Annotated[
    Path | None,
    typer.Option("--residents", metavar="FILE", help="Its residents, as CSV [the nodes' attributes]."),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="The engine that runs the days: mesa or array; the numbers are the same."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Write daily series (Parquet), scenario (TOML) and run.json into a new folder."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Topic = Annotated[
    str | None, typer.Argument(metavar="[scenarios|policies|parameters|measures]", help="What to list [all].")
]
Lang = Annotated[str, typer.Option(metavar="en|zh", help="Language of labels.")]


@app.callback(invoke_without_command=True)
def linli(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """邻里 linli: neighbourhood participation, and what mobilisation does to it.

    For example: linli compare donghu --policy match --runs 4
    """
    if version:
        from experiments.output import version as installed

        typer.echo(f"linli {installed()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list")
def list_(topic: Topic = None, lang: Lang = "en", json: Json = False) -> None:
    """List scenarios, policies, parameters and measures."""
    from experiments import catalogue, output

    if json:
        output.print_json(catalogue.as_data(topic))
    else:
        catalogue.show(topic, lang)


@app.command()
def run(
    scenario: Name,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    policy: Policies = None,
    set_: Values = None,
    network: NetworkFile = None,
    residents: ResidentsFile = None,
    engine: Engine = "mesa",
    out: Out = None,
    json: Json = False,
) -> None:
    """Run a scenario once and show every measure."""
    from experiments.progress import Progress

    with Progress("loading") as progress:
        from experiments import output, report
        from experiments.request import Request

        request = Request(scenario, days, seed, burn_in, policy, set_, network, residents, engine, out)
        settings = request.treated(request.baseline())
        folder = output.Folder(out) if out else None
        outcome = report.run(request, settings, progress)
    if folder:
        folder.write(report.run_files(request, settings, outcome))
    data = report.of_run(request, settings, outcome)
    if json:
        output.print_json(data)
    else:
        from experiments import tables

        tables.show_run(settings.title, data)


@app.command()
def compare(
    scenario: Name,
    policy: Policies = None,
    runs: Annotated[
        str, typer.Option(metavar="N", help="Pairs of runs; run r has the seed SEED + r.")
    ] = "20",
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    network: NetworkFile = None,
    residents: ResidentsFile = None,
    engine: Engine = "array",
    jobs: Annotated[str | None, typer.Option(metavar="N", help="Worker processes [one a processor].")] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Compare policies with the baseline, under the same luck."""
    from experiments.progress import Progress

    with Progress("loading") as progress:
        from experiments import output, report
        from experiments.request import Request

        request = Request(
            scenario, days, seed, burn_in, policy, set_, network, residents, engine, out, runs, jobs
        )
        settings = request.baseline()
        folder = output.Folder(out) if out else None
        pairs = report.pairs(request, settings, progress)
    if folder:
        folder.write(report.compare_files(request, settings, pairs))
    data = report.of_comparison(request, settings, pairs)
    if json:
        output.print_json(data)
    else:
        from experiments import tables

        tables.show_comparison(settings.title, data)


def main() -> None:
    """Run the command; every error that the user can mend is one line on standard error.

    Exit codes: 2 for bad input, 130 when interrupted, 1 for anything else that went wrong.
    """
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # 邻里 on a terminal without Chinese
    try:
        code = app(prog_name="linli", standalone_mode=False) or 0
        sys.stdout.flush()
    except InputError as error:
        code = _complain(str(error), 2)
    except UsageError as error:
        code = _complain(_usage(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except BrokenPipeError:
        code = _give_up_output()  # the reader (head, less) has seen enough
    except OSError as error:
        _give_up_output()
        code = _complain(f"{error.filename or 'standard output'}: {error.strerror or error}", 1)
    except Exception as error:
        if not getattr(error, "is_explained", False):
            raise
        code = _complain(str(error), 1)
    if code == 130:
        _complain("interrupted", 130)
    sys.exit(code)


def _complain(message: str, code: int) -> int:
    print("linli:", " ".join(message.split()), file=sys.stderr)
    return code


def _usage(error: Exception) -> str:
    """Typer's own complaint in one line, with the command whose help explains it."""
    message = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    return f"{message} (see: {context.command_path if context else 'linli'} --help)"


def _give_up_output() -> int:
    """Standard output takes no more: nothing is written there, now or at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
