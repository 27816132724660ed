"""Where people have a browser that the tests can drive, and how to get one where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright

CHOSEN = "LINLI_BROWSER"
"""The environment variable with the path of a browser; no other is tried then."""
NO_BROWSER = (
    f"no browser; to get one: playwright install chromium, or {CHOSEN}=path of a Chromium, Chrome or Edge"
)
COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = (
    *("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe"),
    "Microsoft/Edge/Application/msedge.exe",
)
LINUX = ("/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge")
PATIENCE = 300
"""Seconds that the fetching of a browser may take [s]."""


def candidates(environment: Mapping[str, str] = os.environ, root: Path = Path("/")) -> Iterator[Path]:
    """Browsers that are there, by their usual names and places. root: of the file system."""
    if environment.get(CHOSEN):
        yield Path(environment[CHOSEN])
        return
    named = (shutil.which(command, path=environment.get("PATH", os.defpath)) for command in COMMANDS)
    places = [Path(path) for path in named if path]
    for base in (root / "Applications", Path(environment.get("HOME", root)) / "Applications"):
        places += [base / f"{name}.app" / "Contents" / "MacOS" / name for name in MAC]
    for base in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if environment.get(base):
            places += [Path(environment[base]) / path for path in WINDOWS]
    places += [root / path.lstrip("/") for path in LINUX]
    yield from dict.fromkeys(path for path in places if _is_file(path))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be looked into
        return False


def launched(playwright: Playwright, arguments: Sequence[str]) -> Browser | None:
    """The first browser that starts: of this machine, Playwright's own, or fetched now; None if none does."""
    tried = [str(path) for path in candidates()]
    if not os.environ.get(CHOSEN):
        tried.append("")  # Playwright's own
    for path in tried:
        if browser := _started(playwright, path, arguments):
            return browser
    if os.environ.get(CHOSEN) or not fetched():
        return None
    return _started(playwright, "", arguments)


def _started(playwright: Playwright, path: str, arguments: Sequence[str]) -> Browser | None:
    """A browser, or None if there is none or it does not start, for want of a library for instance."""
    try:
        # pages of this machine alone are opened: no sandbox is needed, which root and containers cannot have
        return playwright.chromium.launch(
            executable_path=path or None, args=list(arguments), chromium_sandbox=False
        )
    except Error:
        return None


@cache
def fetched() -> bool:
    """Whether Playwright could fetch its own browser; asked for once."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
