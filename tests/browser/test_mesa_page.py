"""The community in Mesa's own page, in a real browser: it opens, steps, and takes other policies."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from linli.model.city import City
from linli.model.measures import MEASURES


@pytest.fixture
def page(chromium: Browser, served: Any) -> Iterator[Page]:
    """`solara run viz.mesa_page`, as its first line says."""
    solara = Path(sys.executable).parent / "solara"
    with served(
        [solara, "run", "linli.viz.mesa_page", "--host", "127.0.0.1", "--no-open", "--port"]
    ) as address:
        opened = chromium.new_page()
        opened.set_default_timeout(300_000)
        opened.goto(address)
        yield opened
        opened.close()


def test_it_opens_and_steps(page: Page) -> None:
    """A day on Mesa's page is a day of the model, whatever engine runs it."""
    expect(page.get_by_text("Press play or step.")).to_be_visible()
    step = page.get_by_role("button", name="Step")
    for day in (1, 2):
        step.click()
        expect(page.get_by_text(f"Day {day}, 900 residents")).to_be_visible()
    shown = page.get_by_role("row").filter(has_text=MEASURES["trust"].en).inner_text()
    today = MEASURES["trust"].of(City("lane", policies="match", rng=1).run_to(2).window(1))
    assert f"{today:.3g}" in shown
    expect(page.locator("img").first).to_be_visible()
