"""The maps in a real browser, with the network cut off: painted, chosen, moved, linked, and taken away."""

import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from linli.agents.rules.matching import MATCHED

PAGE = Path(__file__).with_name("canvas_page.py")
TOWN = runpy.run_path(str(PAGE))
PLAN, SCALE = TOWN["PLAN"], TOWN["SCALE"]
POINTS = "canvas:nth-of-type(2)"
OVER = 3
"""The layer of what is looked at, above all others."""


@pytest.fixture(scope="module")
def address(served: Any) -> Iterator[str]:
    """A server of the page."""
    command = [sys.executable, "-m", "uvicorn", "solara.server.starlette:app", "--port"]
    with served(command, SOLARA_APP=str(PAGE), SOLARA_MODE="production") as here:
        yield here


class Visit:
    """A page that is open, and what went wrong in it."""

    def __init__(self, chromium: Browser, address: str, query: str = "", **context: Any) -> None:
        self.context = chromium.new_context(viewport={"width": 1000, "height": 800}, **context)
        self.context.set_default_timeout(300_000)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.received: list[bytes] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.page.on("websocket", lambda s: s.on("framereceived", self._receive))
        self.page.goto(address + query)
        self.box = self.page.locator(".linli-box").first
        self.box.wait_for()
        if "city" not in query:
            self.shown(0)

    def _receive(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.received.append(payload)

    def shown(self, moment: int) -> None:
        """Wait until Python has heard that a moment is on the screen."""
        expect(self.page.locator(".shown")).to_have_text(f"shown: {moment}")

    def chosen(self, what: str) -> None:
        """Wait until Python has heard of a choice."""
        expect(self.page.locator(".chosen")).to_have_text(f"chosen: {what}")

    def at(self, point: Any) -> tuple[float, float]:
        """Where a place of the plan is in the map's box, while all of it is in sight."""
        box = self.box.evaluate("b => [b.clientWidth, b.clientHeight]")
        scale = min(box[0] / PLAN.size[0], box[1] / PLAN.size[1])
        x, y = ((point[i] - PLAN.size[i] / 2) * scale + box[i] / 2 for i in (0, 1))
        return x, y

    def click(self, point: Any) -> None:
        """Click on a place of the plan."""
        x, y = self.at(point)
        self.box.click(position={"x": x, "y": y})

    def picture(self, layer: int = 0, which: int = 0) -> str:
        """A layer as it looks, once it rests."""
        read = (
            "([w, l]) => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => "
            "done(document.querySelectorAll('.linli-box')[w].querySelectorAll('canvas')[l].toDataURL()))))"
        )
        return str(self.page.evaluate(read, [which, layer]))

    def changed(self, picture: str, layer: int = 0, which: int = 0) -> str:
        """Wait until a layer looks different; how it looks now."""
        return self._until(lambda now: now != picture, layer, which)

    def same(self, picture: str, layer: int = 0, which: int = 0) -> None:
        """Wait until a layer looks as it did."""
        self._until(lambda now: now == picture, layer, which)

    def _until(self, wanted: Callable[[str], bool], layer: int, which: int) -> str:
        for _ in range(24_000):
            now = self.picture(layer, which)
            if wanted(now):
                return now
            self.page.wait_for_timeout(25)
        raise AssertionError("the picture did not become what was expected")

    def colour(self, point: Any, layer: str = POINTS) -> tuple[int, ...]:
        """The colour on the screen at a place of the plan."""
        x, y = self.at(point)
        read = (
            "(c, [x, y]) => [...c.getContext('2d').getImageData(x * c.width / c.clientWidth, "
            "y * c.height / c.clientHeight, 1, 1).data]"
        )
        return tuple(self.box.locator(layer).evaluate(read, [x, y]))

    def close(self) -> None:
        """Close it; nothing may have gone wrong."""
        self.context.close()
        assert self.wrong == []


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Any]:
    """Opens pages and closes them after the test."""
    opened: list[Visit] = []

    def of(query: str = "", **context: Any) -> Visit:
        opened.append(Visit(chromium, address, query, **context))
        return opened[-1]

    yield of
    for one in opened:
        one.close()


def rgb(code: int, page: str = "light") -> tuple[int, ...]:
    """The colour of a byte, opaque."""
    return (*getattr(SCALE, page)[3 * code : 3 * code + 3], 255)


@pytest.mark.parametrize(("page", "ratio"), [("light", 1), ("dark", 2)])
def test_everybody_is_painted_as_python_says(visit: Any, page: str, ratio: int) -> None:
    here = visit("?dark=1" if page == "dark" else "", device_scale_factor=ratio)
    for moment in (0, 1):
        here.shown(moment)
        states = TOWN["states"](moment)
        for resident in range(0, len(states), 60):
            assert here.colour(PLAN.residents[resident]) == rgb(states[resident], page)
        here.page.get_by_text("next").click()
    width = here.box.locator(POINTS).evaluate("c => c.width / c.clientWidth")
    assert width == pytest.approx(ratio, rel=0.01)


def test_a_day_travels_as_bytes(visit: Any) -> None:
    here = visit()
    here.received.clear()
    here.page.get_by_text("next").click()
    here.shown(1)
    assert any(TOWN["states"](1).tobytes() in message for message in here.received)
    # the plan and the ties do not travel again
    assert sum(map(len, here.received)) < 20_000


def test_python_hears_what_is_chosen(visit: Any) -> None:
    here = visit()
    for resident in (0, 450, len(PLAN.residents) - 1):
        here.click(PLAN.residents[resident])
        here.chosen(f"resident {resident}")
    x, y, width, _ = PLAN.plots[3]
    here.click((x + width / 2, y + 1.0))
    here.chosen("compound 3")
    here.click(PLAN.posts[0])
    here.chosen("compound 0")
    here.click(PLAN.workers[0])
    here.chosen("office")


def test_the_tooltip_tells_who_it_is(visit: Any) -> None:
    here = visit("?lang=zh&differs=1")
    x, y = here.at(PLAN.residents[450])
    here.box.hover(position={"x": x, "y": y})
    people = TOWN["PEOPLE"]
    tip = here.page.locator(".linli-tip")
    expect(tip).to_contain_text("居民 451")
    expect(tip).to_contain_text(f"小区 {people.compound[450] + 1}")
    expect(tip).to_contain_text(f"{len(TOWN['NETWORK'].of(450))} 个邻里联系")
    expect(tip).to_contain_text("两边不同")
    with_ties = here.picture(OVER)
    here.page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    here.changed(with_ties, OVER)


def test_who_differs_is_ringed_and_the_others_fade(visit: Any) -> None:
    here = visit("?differs=1")
    states = TOWN["states"](0)
    assert here.colour(PLAN.residents[450]) == rgb(states[450])
    assert 100 < here.colour(PLAN.residents[0])[3] < 160
    assert max(here.colour(PLAN.residents[450] + np.array([0.5, 0.0]))[:3]) < 80


def test_posts_where_members_serve_are_full(visit: Any) -> None:
    here = visit()
    present = TOWN["PRESENT"]
    taken = set(present["post"][present["status"] == MATCHED].tolist())
    assert 0 < len(taken) < len(PLAN.posts)
    for post, at in enumerate(PLAN.posts):
        assert (here.colour(at)[3] == 255) == (post in taken)


def test_the_keyboard_does_all(visit: Any) -> None:
    here = visit()
    whole = here.picture()
    here.box.focus()
    here.page.keyboard.press("]")
    here.page.keyboard.press("]")
    expect(here.page.locator("[aria-live=polite]").last).to_contain_text("Compound 2")
    here.page.keyboard.press("Enter")
    here.chosen("compound 1")
    here.page.keyboard.press("0")
    here.same(whole)
    here.page.keyboard.press("+")
    larger = here.changed(whole)
    here.page.keyboard.press("ArrowDown")
    assert here.changed(larger) != whole
    here.page.keyboard.press("ArrowUp")
    here.same(larger)
    here.page.keyboard.press("-")
    here.same(whole)
    assert "Arrow keys" in here.box.get_attribute("aria-label")
    # what the page itself needs goes through
    here.page.keyboard.press("Tab")
    assert not here.box.evaluate("b => b === document.activeElement")


def test_enter_takes_who_is_in_the_middle(visit: Any) -> None:
    here = visit()
    here.box.focus()
    middle = np.array(PLAN.size) / 2
    nearest = int(np.hypot(*(PLAN.residents - middle).T).argmin())
    for _ in range(8):
        here.page.keyboard.press("+")
    steps = (PLAN.residents[nearest] - middle) * here.box.evaluate("b => b.clientWidth") / PLAN.size[0]
    x, y = steps * 1.4**8
    box = here.box.bounding_box()
    here.page.mouse.move(box["x"] + box["width"] / 2 + x / 2, box["y"] + box["height"] / 2 + y / 2)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] / 2 - x / 2, box["y"] + box["height"] / 2 - y / 2, steps=4)
    here.page.mouse.up()
    here.chosen("")
    here.page.keyboard.press("Enter")
    here.chosen(f"resident {nearest}")


def test_the_wheel_zooms_and_lets_the_page_scroll(visit: Any) -> None:
    here = visit()
    whole = here.picture()
    here.box.hover(position={"x": 200, "y": 200})
    here.page.mouse.wheel(0, -300)
    here.changed(whole)
    scrolled = "[...document.querySelectorAll('*')].some(element => element.scrollTop > 0)"
    assert not here.page.evaluate(scrolled)
    here.page.mouse.wheel(0, 300)
    here.same(whole)
    # nothing left to zoom out of
    here.page.mouse.wheel(0, 300)
    here.page.wait_for_function(scrolled)


def test_fingers_zoom_and_choose(visit: Any) -> None:
    here = visit(has_touch=True)
    whole = here.picture()
    x, y = here.at(PLAN.residents[450])
    here.box.tap(position={"x": x, "y": y})
    here.chosen("resident 450")
    expect(here.page.locator(".linli-tip")).to_contain_text("Resident 451")
    box = here.box.bounding_box()
    fingers = here.context.new_cdp_session(here.page)

    def touch(kind: str, *apart: float) -> None:
        middle = (box["x"] + 300, box["y"] + 200)
        points = [{"x": middle[0] + a, "y": middle[1]} for a in apart]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -20, 20)
    for apart in (30, 45, 60, 80):
        touch("touchMove", -apart, apart)
    touch("touchEnd")
    here.changed(whole)
    here.chosen("resident 450")


def test_two_maps_move_together(visit: Any) -> None:
    here = visit("?two=1")
    here.page.locator(".linli-box").nth(1).wait_for()
    whole = here.picture()
    here.same(whole, which=1)
    here.box.hover(position={"x": 150, "y": 150})
    here.page.mouse.wheel(0, -400)
    here.same(here.changed(whole), which=1)


def test_it_follows_the_window(visit: Any) -> None:
    here = visit()
    here.page.set_viewport_size({"width": 620, "height": 800})
    here.page.wait_for_function("document.querySelector('.linli-box canvas').width <= 620")
    here.click(PLAN.residents[450])
    here.chosen("resident 450")
    assert here.colour(PLAN.residents[450]) == rgb(TOWN["states"](0)[450])


def test_the_legend_is_also_a_switch(visit: Any) -> None:
    here = visit()
    legend = here.page.locator(".linli-legend")
    for text in ("Group", "grey", "blue", "red", "party member", "property firm", "community worker"):
        expect(legend).to_contain_text(text)
    everything = here.picture(1)
    members = legend.get_by_role("button", name="party member")
    members.click()
    assert members.get_attribute("aria-pressed") == "false"
    here.changed(everything, 1)
    members.click()
    here.same(everything, 1)


def test_a_map_that_is_taken_away_leaves_nothing(visit: Any) -> None:
    here = visit()
    for _ in range(3):
        here.page.get_by_text("away").click()
        expect(here.page.locator(".linli-box")).to_have_count(0)
        here.page.mouse.wheel(0, 50)
        news = "{detail: {link: 'town', zoom: 2, x: 1, y: 1}}"
        here.page.evaluate(f"document.dispatchEvent(new CustomEvent('linli-map', {news}))")
        # solara loses a click that comes while it binds the button's callback anew
        here.page.wait_for_timeout(500)
        here.page.get_by_text("away").click()
        here.box.wait_for()
    here.page.get_by_text("next").click()
    here.shown(1)


# the city -------------------------------------------------------------------------------------------------


def test_a_community_is_chosen_on_the_map_in_the_lists_and_by_keys(visit: Any) -> None:
    here = visit("?city=1")
    plan, values = TOWN["COMMUNITIES"], TOWN["VALUES"]
    box = here.box.evaluate("b => [b.clientWidth, b.clientHeight]")
    scale = min(box[0] / plan.size[0], box[1] / plan.size[1])
    for community in (3, 299):
        at = [
            (p[community] - s / 2) * scale + b / 2
            for p, s, b in zip((plan.x, plan.y), plan.size, box, strict=True)
        ]
        here.box.click(position={"x": at[0], "y": at[1]})
        here.chosen(f"community {community}")
    expect(here.page.locator(".linli-tip")).to_contain_text("10,970 residents")
    order = np.argsort(-values[~np.isnan(values)], kind="stable")
    order = np.flatnonzero(~np.isnan(values))[order]
    lists = here.page.locator(".linli-lists ol")
    expect(lists.nth(0).locator("li").first).to_contain_text(f"Community {order[0]}1.000")
    expect(lists.nth(1).locator("li").first).to_contain_text(f"Community {order[-1]}0.000")
    lists.nth(1).locator("button").nth(1).click()
    here.chosen(f"community {order[-2]}")
    here.box.focus()
    here.page.keyboard.press("]")
    here.page.keyboard.press("Enter")
    here.chosen(f"community {order[0]}")


def test_the_city_speaks_chinese_in_the_dark(visit: Any) -> None:
    here = visit("?city=1&lang=zh&dark=1")
    expect(here.page.locator(".linli-lists")).to_contain_text("最高")
    expect(here.page.locator(".linli-lists")).to_contain_text("最低")
    expect(here.page.locator(".linli-legend")).to_contain_text("面积：居民数")
    expect(here.page.locator(".linli-legend")).to_contain_text("无数据")
    ground = here.box.evaluate("b => getComputedStyle(b).backgroundColor")
    assert ground == "rgb(20, 24, 30)"
