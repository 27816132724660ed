"""What was watched as one file: both worlds, played in any browser without a server.

The maps are drawn by the very code of the page (`viz.canvas`). The days are packed: of everything that keeps
its length only what changes from one picture to the next, deflated.
"""

import html
import json
from pathlib import Path
from typing import Any

from linli.viz.canvas.town import HERE as CANVAS
from linli.viz.canvas.town import TOWN_MAP
from linli.viz.standalone.packed import Packed

HERE = Path(__file__).parent
STANDALONE = "export default {"
"""How the maps' module offers itself to a page; here the player stands in the same module."""


def html_of(packed: Packed) -> bytes:
    """The file."""
    parts = {
        "lang": {"en": "en", "zh": "zh-CN"}[packed.lang],
        "title": html.escape(packed.title, quote=False),
        "style": (CANVAS / "canvas.css").read_text("utf-8") + (HERE / "player.css").read_text("utf-8"),
        "data": as_json(packed.data),
        "script": TOWN_MAP.replace(STANDALONE, "const townWidget = {")
        + (HERE / "player.js").read_text("utf-8"),
    }
    page = (HERE / "player.html").read_text("utf-8")
    for name, text in parts.items():
        page = page.replace(f"<!--{name}-->", text)
    return page.encode("utf-8")


def as_json(data: dict[str, Any]) -> str:
    """Data as they may stand within a page: nothing in them ends its script."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
