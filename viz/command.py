"""The command `linli` with the page added: experiments knows nothing of pages, so the page brings itself."""

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.command import app, main
from linli.experiments.commands.options import Days, Lang, Name, Policies, Seed, Values
from linli.model.errors import InputError

__all__ = ["main"]


@app.command()
def play(
    scenario: Name,
    out: Annotated[Path, typer.Option(metavar="FILE.html", help="The file to write.")],
    policy: Policies = None,
    days: Days = None,
    seed: Seed = None,
    set_: Values = None,
    lang: Lang = "en",
) -> None:
    """Write both worlds as one HTML file that plays in any browser, without a server."""
    _needs_viz()
    from linli.experiments.compare.request import assigned
    from linli.viz.standalone.show import show

    if out.is_dir() or not out.absolute().parent.is_dir():
        raise InputError(f"--out {out}: name a file in a folder that is there")
    values = assigned(set_ or ())
    played = show(scenario, policy or (), parameters=values, seed=seed, days=days, lang=lang)
    try:
        print(f"{played.save(out)}: {len(played.page) / 1e6:.1f} MB")
    except OSError as error:
        raise InputError(f"--out {out}: {error.strerror}") from None


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
    _needs_viz()
    from linli.viz.serve import serve

    serve(host, port, studies, browser)


def _needs_viz() -> None:
    """Raise InputError where the extra is not installed."""
    for name in ("solara", "uvicorn", "anywidget"):
        if importlib.util.find_spec(name) is None:
            raise InputError(f"the page needs linli's extra 'viz': {name} is not installed")
