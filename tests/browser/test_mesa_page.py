"""The community in Mesa's own page, in a real browser: it opens, steps, and takes other policies."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from model.city import City
from model.measures import MEASURES

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """`solara run viz.mesa_page`, as its first line says."""
    port = free_port()
    solara = Path(sys.executable).parent / "solara"
    served = subprocess.Popen(
        [solara, "run", "viz.mesa_page", "--host", "localhost", "--port", str(port), "--no-open"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    here = f"http://localhost:{port}/"
    for _ in range(600):
        try:
            urllib.request.urlopen(here, timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    yield here
    served.terminate()
    served.wait(30)


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    rules = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", rules]
        )
        opened = browser.new_page()
        opened.set_default_timeout(60_000)
        opened.goto(address)
        yield opened
        browser.close()


def test_it_opens_and_steps(page: Page) -> None:
    """A day on Mesa's page is a day of the model, whatever engine runs it."""
    expect(page.get_by_text("Press play or step.")).to_be_visible(timeout=60_000)
    step = page.get_by_role("button", name="Step")
    for day in (1, 2):
        step.click()
        expect(page.get_by_text(f"Day {day}, 900 residents")).to_be_visible(timeout=60_000)
    shown = page.get_by_role("row").filter(has_text=MEASURES["trust"].en).inner_text()
    today = MEASURES["trust"].of(City("lane", policies="match", rng=1).run_to(2).window(1))
    assert f"{today:.3g}" in shown
    expect(page.locator("img").first).to_be_visible()
