"""The command `linli`: wiring only. Each command stands in `experiments/commands/`.

Nothing heavy is imported here before a command is known: `linli --help` answers at once.
"""

import os
import sys
from typing import Annotated

import typer

from linli.experiments.commands.analyse import analyse
from linli.experiments.commands.attribute import attribute
from linli.experiments.commands.bench import bench
from linli.experiments.commands.calibrate import calibrate
from linli.experiments.commands.compare import compare
from linli.experiments.commands.discover import discover
from linli.experiments.commands.evidence import evidence
from linli.experiments.commands.explain import explain
from linli.experiments.commands.list_ import list_
from linli.experiments.commands.optimise import optimise
from linli.experiments.commands.reproduce import reproduce
from linli.experiments.commands.results import results
from linli.experiments.commands.run import run
from linli.experiments.commands.sensitivity import sensitivity
from linli.experiments.commands.sweep import sweep
from linli.model.errors import InputError
from linli.model.reading import printable

LONGEST = 1000
"""Characters of a complaint."""

app = typer.Typer(
    name="linli",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


@app.callback(invoke_without_command=True)
def linli(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """邻里 linli: neighbourhood participation, and what mobilisation does to it.

    For example: linli compare donghu --policy match --runs 4
    """
    if version:
        from linli.experiments.output import version as installed

        typer.echo(f"linli {installed()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command("list")(list_)
app.command()(run)
app.command()(compare)
app.command()(attribute)
app.command()(explain)
app.command()(evidence)
app.command()(calibrate)
app.command()(sweep)
app.command()(results)
app.command()(analyse)
app.command()(sensitivity)
app.command()(discover)
app.command()(optimise)
app.command()(reproduce)
app.command()(bench)


def main() -> None:
    """Run the command; every error that the user can mend is one line on standard error.

    Exit codes: 2 for bad input, 130 when interrupted, 1 for anything else that went wrong.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed, as by `>&-`
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
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
    line = printable(" ".join(message.split()))
    print("linli:", line if len(line) <= LONGEST else f"{line[:LONGEST]} ...", file=sys.stderr)
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
