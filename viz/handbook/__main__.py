"""Build the handbook, English and Chinese: `uv run --group docs --all-extras python viz/handbook [FOLDER]`.

FOLDER: where the site goes, `build/handbook` by default; `index.html` in it leads to both languages.
"""

import sys
from pathlib import Path

from sphinx.cmd.build import build_main

HERE = Path(__file__).resolve().parent
LANGUAGES = {"en": "en", "zh": "zh_CN"}
"""The folder of each language, and what Sphinx calls it."""

DOOR = """<!doctype html>
<meta charset="utf-8">
<title>linli 邻里</title>
<p><a href="en/index.html">English</a> <a href="zh/index.html">中文</a></p>
"""


def build(site: Path) -> int:
    """Sphinx's exit code; a warning is an error."""
    for folder, language in LANGUAGES.items():
        options = ["-W", "--keep-going", "-q", "-c", str(HERE), "-D", f"language={language}"]
        code = build_main([*options, str(HERE / folder), str(site / folder)])
        if code:
            return code
    (site / "index.html").write_text(DOOR, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "build" / "handbook"))
