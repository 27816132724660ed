"""Who cannot see, or uses keys alone: axe-core finds nothing, in any room, language and theme."""

import importlib.resources
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

PAGE = runpy.run_path(str(Path(__file__).with_name("test_page.py")))
server, Visit = PAGE["server"], PAGE["Visit"]
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def visit(chromium: Any, server: Any) -> Iterator[Callable[..., Any]]:
    """Opens the page."""
    opened: list[Any] = []

    def come(query: str = "", **how: Any) -> Any:
        opened.append(Visit(chromium, server.address, query, **how))
        return opened[-1]

    yield come
    for one in opened:
        one.close()


def violations(page: Any) -> str:
    """What axe-core finds: rule, and where, a line each."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return "\n".join(f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"])


def looks() -> list[Any]:
    """Both languages and both themes, each once; the other two pairs where there is time."""
    pairs = [("en", False), ("zh", True), ("en", True), ("zh", False)]
    named = [(f"{lang}-{'dark' if dark else 'light'}", lang, dark) for lang, dark in pairs]
    return [
        pytest.param(lang, dark, id=name, marks=[pytest.mark.long] if at > 1 else [])
        for at, (name, lang, dark) in enumerate(named)
    ]


@pytest.mark.parametrize(("lang", "dark"), looks())
def test_axe_finds_nothing_in_any_room(visit, lang, dark):
    """Every panel, the settings, a refused entry, the tour, the city and the studies."""
    lane = visit(f"?place=lane&lang={lang}&days=60&p=match&p=sink:headcount=20&day=40&resident=40")
    page = lane.town().page
    assert page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[lang]
    if dark:
        page.locator("[aria-label='Dark page'], [aria-label='深色页面']").click()
        expect(page.locator(".v-application.theme--dark").first).to_be_visible()
    lane.until(lambda: lane.day() == 40, "day 40")
    for panel in range(5):
        page.get_by_role("tab").nth(panel).click()
        expect(page.get_by_role("tab").nth(panel)).to_have_attribute("aria-selected", "true")
        page.wait_for_timeout(300)
        assert violations(page) == ""
    seed = page.locator(".side .typed input").first
    seed.fill("-7")
    seed.press("Enter")
    expect(page.locator(".side").get_by_role("alert")).to_be_visible()
    assert violations(page) == ""
    page.locator(".tour").evaluate("button => { button.dataset.since = 'before' }")
    for room in (1, 2):
        page.locator(".rooms button").nth(room).click()
        expect(page.locator(".rooms button").nth(room)).to_have_attribute("aria-current", "page")
        expect(page.locator("main")).to_have_count(1)
        page.wait_for_timeout(500)
        assert violations(page) == ""
    page.locator(".rooms button").nth(0).click()
    expect(page.locator(".rooms button").nth(0)).to_have_attribute("aria-current", "page")
    expect(page.locator("main")).to_have_count(1)
    # a header that is made anew with the room loses the click of whoever is quick
    expect(page.locator(".tour")).to_have_attribute("data-since", "before")
    page.locator(".tour").click()
    expect(page.locator(".story")).to_be_visible()
    assert violations(page) == ""


def test_a_phone_may_zoom_and_nothing_sticks_out(visit):
    page = visit("?place=lane&lang=en&p=match", size=(390, 844)).town(form=False).page
    meta = page.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable=no" not in meta
    assert "maximum-scale" not in meta
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_finger_or_a_pointer_aims_at_is_large_enough(visit):
    """24 by 24 pixels at least, as WCAG 2.2 asks; hidden ones and those in a text apart."""
    page = visit("?place=lane&p=match&day=20").town().page
    small = page.evaluate("""[...document.querySelectorAll("button, [role=slider], [role=tab], [role=radio]")]
      .map(e => [e.getAttribute("aria-label") || e.textContent, e.getBoundingClientRect()])
      .filter(([, b]) => b.width > 0 && (b.width < 24 || b.height < 24))
      .map(([name, b]) => `${name} ${b.width} ${b.height}`)""")
    assert [one for one in small if "v-slider" not in one] == []


def test_the_wish_for_dark_pages_is_followed(chromium, server):
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(server.address + "?place=lane")
    expect(page.locator(".v-application.theme--dark").first).to_be_visible()
    context.close()
