"""Arguments and options that several commands share."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from linli.model.errors import InputError

Name = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A name (see: linli list scenarios), a path to a .toml file, or a snapshot (.npz).",
    ),
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
Jobs = Annotated[str | None, typer.Option(metavar="N", help="Worker processes [one a processor].")]
Threads = Annotated[
    str | None,
    typer.Option(metavar="N", help="Threads that share the communities of a city [one a processor]."),
]
DaysPerPass = Annotated[
    str | None,
    typer.Option(
        "--days-per-pass",
        metavar="N",
        help="Days a community lives through before the next one's turn [30]; changes speed only.",
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
Worlds = Annotated[
    str | None,
    typer.Option(metavar="N", help="Live everything in the first N worlds that fit the evidence [one]."),
]


def _bring(given: list[str] | None) -> list[str] | None:
    """Run what the user names, before anything else of the command is looked at."""
    if given:
        from linli.model.extensions import extend_all

        extend_all(given)
    return given


With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="FILE.py",
        callback=_bring,
        help="Run this file, or installed extension, which brings policies, measures or stop conditions of "
        "one's own; repeatable.",
    ),
]


def refused(with_option: str, unusable: Mapping[str, object]) -> None:
    """Raise InputError for options that were given and mean nothing beside another one."""
    for option, value in unusable.items():
        if value is not None:
            raise InputError(f"{option} does not go with {with_option}")
