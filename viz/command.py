"""The command `linli` with the page added: experiments knows nothing of pages, so the page brings itself."""

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.command import app, main
from linli.model.errors import InputError

__all__ = ["main"]


@app.command()
def viz(
    host: Annotated[str, typer.Option(metavar="NAME", help="Address to listen on.")] = "localhost",
    port: Annotated[str, typer.Option(metavar="N", help="Port to listen on; 0 for any free one.")] = "8765",
    studies: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder with studies that the page may open [none]."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open the page in the browser: two worlds side by side."""
    for name in ("solara", "uvicorn", "anywidget"):
        if importlib.util.find_spec(name) is None:
            raise InputError(f"the page needs linli's extra 'viz': {name} is not installed")
    from linli.viz.serve import serve

    serve(host, port, studies, browser)
