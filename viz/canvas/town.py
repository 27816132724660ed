"""The town map: a widget on a canvas, and the component that a page puts in place.

The plan and the ties travel once; a day is one byte a resident, as binary. So thousands of residents move
smoothly: the browser paints them into pixels without making an object of any.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import solara
import traitlets
from numpy.typing import ArrayLike, NDArray

from linli.model.network import Network
from linli.viz.canvas.layout import TownPlan
from linli.viz.canvas.palette import Scale
from linli.viz.canvas.words import words

HERE = Path(__file__).parent


def script(*own: str) -> str:
    """A map's JavaScript: what the maps share, then its own files. One module: nothing is fetched."""
    parts = ("camera.js", "parts.js", "view.js", *own)
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in parts)


TOWN_MAP = script("stamps.js", "town_drawing.js", "hands.js", "town.js")
"""The map of a community, as a module."""


class TownWidget(anywidget.AnyWidget):
    """The canvas. Use `TownMap`, which fills it."""

    _esm = TOWN_MAP
    _css = (HERE / "canvas.css").read_text(encoding="utf-8")
    plan = traitlets.Dict().tag(sync=True)
    ties = traitlets.Dict().tag(sync=True)
    scale = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    look = traitlets.Dict().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)
    picked = traitlets.Dict().tag(sync=True)
    shown = traitlets.Int(-1).tag(sync=True)


@solara.component
def TownMap(
    plan: TownPlan,
    states: NDArray[np.uint8] | None,
    scale: Scale,
    *,
    network: Network | None = None,
    members: dict[str, NDArray[Any]] | None = None,
    efforts: ArrayLike | None = None,
    differs: ArrayLike | None = None,
    moment: int = 0,
    on_shown: Callable[[int], None] | None = None,
    selected: int | None = None,
    on_click: Callable[[int], None] | None = None,
    on_compound: Callable[[int], None] | None = None,
    on_office: Callable[[], None] | None = None,
    names: Sequence[str] = (),
    notes: Sequence[str] = (),
    title: str = "",
    language: str = "en",
    dark: bool = False,
    height: str = "480px",
    link: str = "",
    hands: bool = False,
) -> None:
    """A community as a map, at one moment.

    plan: from `plan_town`, once a community; states: a byte a resident, what it means is in `scale` (None:
    who plays sets the widget's `frame`, see `frame_sent`, and what belongs to a moment is not looked at);
    network: ties, shown at a resident under the pointer or selected, and everybody's when few are in sight;
    members: `City.columns("member")`, of which status and post are shown; efforts: of the firms [0, 1];
    differs: who is brought out while the others fade, None: nobody. moment, on_shown: `on_shown(moment)` is
    called when a moment is on the screen; who plays waits for it, and never sends more than can be shown.
    selected: a resident to mark; on_click, on_compound: told the number of the resident or compound that was
    chosen by pointer or keyboard; on_office: its office was. names: of the compounds (their numbers
    otherwise); notes: a line more in each compound's tooltip; title: said before what the map is; language:
    "en" or "zh"; height: at most, without the legend, as CSS; link: maps with the same link on a page move
    together and show the same resident; hands: the frames bring asks and matters (see `hands_sent`), and the
    legend explains them.
    """
    sent_plan = solara.use_memo(lambda: plan_sent(plan), [plan])
    ties = solara.use_memo(lambda: ties_sent(network), [network])
    if states is not None and len(states) != len(plan.people):
        raise ValueError(f"{len(states)} states for {len(plan.people)} residents")
    # a property that is given is set at every rendering, so one that is set elsewhere must not be given
    frame = {} if states is None else {"frame": frame_sent(states, differs, members, efforts, notes, moment)}

    def picked(what: dict[str, Any]) -> None:
        if what.get("kind") == "resident" and on_click:
            on_click(int(what["index"]))
        elif what.get("kind") == "compound" and on_compound:
            on_compound(int(what["index"]))
        elif what.get("kind") in ("office", "worker", "member") and on_office:
            on_office()

    look = {
        "words": words(language),
        "dark": dark,
        "title": title,
        "height": height,
        "link": link,
        "names": list(names),
        "hands": hands,
    }
    TownWidget.element(
        plan=sent_plan,
        ties=ties,
        scale=scale_sent(scale),
        look=look,
        selected=-1 if selected is None else selected,
        on_picked=picked,
        on_shown=on_shown,
        **frame,
    )


def frame_sent(
    states: NDArray[np.uint8],
    differs: ArrayLike | None = None,
    members: dict[str, NDArray[Any]] | None = None,
    efforts: ArrayLike | None = None,
    notes: Sequence[str] = (),
    moment: int = 0,
) -> dict[str, Any]:
    """A moment as the widget gets it; the arguments are those of `TownMap`.

    Who plays may set it as the widget's `frame` directly, which costs less than to render the page anew.
    """
    frame: dict[str, Any] = {
        "states": np.ascontiguousarray(states, dtype=np.uint8).tobytes(),
        "notes": list(notes),
        "moment": moment,
    }
    if differs is not None:
        frame["differs"] = np.asarray(differs).astype(np.uint8).tobytes()
    if members is not None:
        frame["status"] = members["status"].astype(np.uint8).tobytes()
        frame["posts"] = members["post"].astype(np.int32).tobytes()
    if efforts is not None:
        frame["efforts"] = np.rint(255 * np.clip(efforts, 0.0, 1.0)).astype(np.uint8).tobytes()
    return frame


def hands_sent(
    asked: NDArray[np.uint8], acted: NDArray[np.uint8], matters: dict[str, NDArray[Any]]
) -> dict[str, bytes]:
    """Asks and matters of a day, to be put into a frame.

    asked: who asked everybody, one of ASKERS by number; acted: days since the last act; matters: open ones,
    by compound, building (-1: of the whole compound), serial, kind and hands (0 nobody's, 1 residents', 2
    those of members, workers, firms and organisations, 3 both).
    """
    who = np.flatnonzero(asked)
    whole = {name: matters[name].astype(np.int32) for name in ("compound", "building", "serial")}
    return {
        "asks": who.astype(np.int32).tobytes(),
        "by": asked[who].astype(np.uint8).tobytes(),
        "followed": (acted[who] == 0).astype(np.uint8).tobytes(),
        **{f"matter{name.capitalize()}s": column.tobytes() for name, column in whole.items()},
        "matterHands": matters["hands"].astype(np.uint8).tobytes(),
        "matterKinds": matters["kind"].astype(np.uint8).tobytes(),
    }


def scale_sent(scale: Scale) -> dict[str, Any]:
    """A scale as the widgets get it."""
    return {
        "title": scale.title,
        "light": scale.light,
        "dark": scale.dark,
        "labels": list(scale.labels),
        "low": scale.low,
        "high": scale.high,
        "unit": scale.unit,
    }


def plan_sent(plan: TownPlan) -> dict[str, Any]:
    """A plan as the widget gets it."""
    people = plan.people
    floats = ("residents", "buildings", "plots", "posts", "office", "workers", "pool")
    first = np.searchsorted(people.building_compound, np.arange(len(people.compound_grid) + 1))
    return {
        "size": list(plan.size),
        "planned": plan.planned,
        **{name: getattr(plan, name).astype(np.float32).tobytes() for name in floats},
        "homes": plan.homes.astype(np.int32).tobytes(),
        "starts": people.building_start.astype(np.int32).tobytes(),
        "first": first.astype(np.int32).tobytes(),
        "firms": people.compound_firm.astype(np.int32).tobytes(),
        "age": people.age.astype(np.uint8).tobytes(),
        "tenure": people.tenure.astype(np.uint8).tobytes(),
        "skill": people.skill.astype(np.uint8).tobytes(),
    }


def ties_sent(network: Network | None) -> dict[str, bytes]:
    """Ties as the widget gets them; nothing without a network."""
    if network is None:
        return {}
    return {"start": network.start.astype(np.int32).tobytes(), "to": network.ties.astype(np.int32).tobytes()}
