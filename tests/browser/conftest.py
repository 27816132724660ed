"""What the tests in a browser share: the browser, its Chinese, and servers that are waited for."""

import os
import runpy
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

import linli

ROOT = Path(linli.__file__).resolve().parent
BROWSERS = runpy.run_path(str(Path(__file__).with_name("browsers.py")))


expect.set_options(timeout=300_000)  # a page is slow on a machine that does much else [ms]
NO_CHINESE = "no Chinese font; to get one: apt install fonts-noto-cjk, or https://fonts.google.com/noto"


@pytest.fixture(scope="module")
def chromium(lacking: Callable[[str], None]) -> Iterator[Browser]:
    """A browser that reaches this machine alone."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = BROWSERS["launched"](playwright, [rules])
        if browser is None:
            lacking(BROWSERS["NO_BROWSER"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chinese(chromium: Browser, lacking: Callable[[str], None]) -> None:
    """A Chinese font in the browser: two characters look different there, and unlike one that nobody has."""
    page = chromium.new_page()
    looks = page.evaluate("""[0x90bb, 0x91cc, 0x10fffd].map(character => {
      const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      pen.font = "40px sans-serif";
      pen.fillText(String.fromCodePoint(character), 20, 60);
      return canvas.toDataURL();
    })""")
    page.close()
    if len(set(looks)) < 3:
        lacking(NO_CHINESE)


@contextmanager
def _served(command: Sequence[str | Path], **environment: str) -> Iterator[str]:
    """The address of a server that `command`, followed by a port, starts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*command, str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.kill()
        server.wait(600)


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Until a server answers. The first time on a machine the rules are compiled before that."""
    for _ in range(9000):
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


@pytest.fixture(scope="session")
def served() -> Callable[..., AbstractContextManager[str]]:
    """Starts a server: `served([...], NAME="value")`; the command ends where its port belongs."""
    return _served
