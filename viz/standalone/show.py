"""Two worlds to play with in a notebook, or to keep as a file."""

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from linli.model.errors import InputError
from linli.model.files import write_whole
from linli.model.policies import Policy, policies_from
from linli.model.text import checked_language
from linli.viz.standalone import html_of
from linli.viz.standalone.packed import packed
from linli.viz.state.settings import Settings
from linli.viz.worlds import Pair

HEIGHT = 640
"""Of the frame in a notebook [pixels]."""


class Played:
    """Two worlds as one HTML file. page: the file."""

    def __init__(self, page: bytes) -> None:
        self.page = page

    def save(self, file: str | Path) -> Path:
        """Write the file."""
        path = Path(file)
        write_whole(path, self.page)
        return path

    def _repr_html_(self) -> str:
        """In a notebook: a frame of its own, so that neither gets in the other's way."""
        held = html.escape(self.page.decode("utf-8"), quote=True)
        style = f"width: 100%; height: {HEIGHT}px; border: 0"
        return f'<iframe srcdoc="{held}" title="linli" style="{style}"></iframe>'


def show(
    scenario: str,
    policies: str | Sequence[Policy | str] = (),
    *,
    parameters: Mapping[str, float | str] | None = None,
    seed: int | str | None = None,
    days: int | str | None = None,
    lang: str = "en",
) -> Played:
    """Both worlds, day by day, on the maps of the page: shown by a notebook, or saved as one HTML file.

    scenario: by name, one community; policies: as in `linli.compare`; parameters: values by symbol; seed,
    days: [the scenario's]; lang: "en" or "zh". Raises InputError when any of it cannot be.

    >>> show("lane", "match", days=60).save("lane.html")  # doctest: +SKIP
    """
    checked_language(lang)
    changes: dict[str, Any] = {"seed": seed, "days": days}
    settings = Settings.of(
        scenario,
        policies=tuple(policies_from(policies)),
        parameters=tuple((parameters or {}).items()),
        **{name: value for name, value in changes.items() if value is not None},
    )
    if settings.is_city:
        raise InputError(f"{scenario} is a city: show plays one community (see: linli list scenarios)")
    return Played(html_of(packed(Pair.build(settings), lang)))
