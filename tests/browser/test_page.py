"""The page in a real browser, with the network cut off."""

import importlib.resources
import itertools
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import linli
from linli.experiments.command import app
from linli.experiments.output.screen import number
from linli.model.attribution.chain import Chains
from linli.model.attribution.channels import CHANNELS, CODE, GROUPS
from linli.model.attribution.explained import explained, last_day_to_decide
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.trace import Trace
from linli.model.city import City
from linli.model.policies import POLICIES
from linli.model.scenario import load

AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ROOT = Path(linli.__file__).resolve().parent
PICTURES = ROOT / "runs" / "screenshots"
"""Ignored by git; looked at by people."""


class Server:
    """`linli viz` in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "linli", "viz", "--no-browser", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://localhost:\d+", line)
        assert found, line
        self.address = found[0] + "/"

    def threads(self) -> int:
        """How many threads it has (on Linux)."""
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def memory(self) -> float:
        """Resident memory [MB] (on Linux)."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]

    def end(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(600)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, small_study: str) -> Iterator[Server]:
    """One server for all visitors, with a study on its shelf."""
    folder = tmp_path_factory.mktemp("studies")
    (folder / "small.toml").write_text(small_study, encoding="utf-8")
    out = str(folder / "small")
    app(["sweep", str(folder / "small.toml"), "--out", out, "--jobs", "1", "--json"], standalone_mode=False)
    running = Server("--studies", str(folder))
    yield running
    running.end()


class Visit:
    """A visitor with a browser window of his or her own, and what went wrong in it."""

    def __init__(
        self, chromium: Browser, address: str, query: str = "", size: tuple[int, int] = (1280, 800)
    ) -> None:
        viewport: Any = {"width": size[0], "height": size[1]}
        self.context = chromium.new_context(viewport=viewport, accept_downloads=True)
        self.context.set_default_timeout(300_000)
        self.page: Page = self.context.new_page()
        self.address, self.wrong = address, []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", self._asked)
        self.page.on(
            "response", lambda r: self.wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None
        )
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.page.goto(address + query)

    def _failed(self, request: Any) -> None:
        if "/_solara/api/close/" not in request.url:  # says goodbye while the page goes away
            self.wrong.append(f"failed: {request.url}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def town(self, form: bool = True) -> "Visit":
        """Wait for the maps. form: with the settings beside them."""
        expect(self.page.locator(".world canvas").first).to_be_visible()
        if form:
            self.page.locator(".drawer").click()
            expect(self.page.locator(".side")).to_be_visible()
        return self

    def day(self) -> int:
        """The day on the screen."""
        text = self.page.locator(".day").inner_text()
        found = re.search(r"\d+", text)
        return int(found[0]) if found else 0

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is true."""
        for _ in range(12_000):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never came: {what}")

    def choose(self, box: str, text: str) -> None:
        """Choose from a list by its label."""
        self.page.locator(f".v-select:has([aria-label='{box}'])").first.click()
        self.page.locator(".v-menu__content.menuable__content__active").get_by_text(text, exact=True).click()

    def picture(self, name: str) -> None:
        """Take a picture, and see that nothing sticks out at the side."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(400)
        self.page.screenshot(path=PICTURES / f"{name}.png")
        wide = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"{name} is wider than its window"

    def close(self) -> None:
        """Leave; nothing may have gone wrong."""
        assert self.wrong == []
        self.context.close()


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    """Opens the page: `visit("?place=lane")`."""
    opened: list[Visit] = []

    def come(query: str = "", **how: Any) -> Visit:
        opened.append(Visit(chromium, server.address, query, **how))
        return opened[-1]

    yield come
    for one in opened:
        one.close()


def test_a_visitor_plays_adds_a_policy_and_sees_the_difference(visit):
    """The whole way of a first visitor, without a failed request or an error in the console."""
    lane = visit("?place=lane&days=60").town()
    page = lane.page
    expect(page.locator(".day")).to_have_text("The eve: both worlds are still the same")
    lane.choose("Add a policy", "Match members to posts")
    expect(page.get_by_role("region", name="Match members to posts")).to_be_visible()
    lane.choose("Speed", "60 days/s")
    page.get_by_role("button", name="Play").click()
    lane.until(lambda: lane.day() >= 30, "day 30")
    lane.until(lambda: lane.day() == 60, "the last day")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".repeating")).to_contain_text("20 pairs of runs, seeds 1 to 20")
    expect(page.locator(".linli-chart").nth(1)).to_contain_text("mean of 20 towns")
    expect(page.locator(".luck")).to_contain_text("of 20 towns, over all days")
    page.get_by_role("tab", name="Who more, who less").click()
    expect(page.locator(".panel .linli-chart svg").first).to_contain_text("tenant")
    expect(page.locator(".whom svg")).to_contain_text("Compound 3")
    page.get_by_role("tab", name="All measures").click()
    row = page.get_by_role("row").filter(has_text="Members who serve in a post")
    expect(row).to_contain_text("▲")
    page.get_by_role("button", name="Remove: Match members to posts").or_(
        page.get_by_role("button", name="Remove Match members to posts")
    ).click()
    page.get_by_role("tab", name="What it changes").click()
    expect(page.locator(".charts")).to_contain_text("Without a policy there is no difference")


def test_who_is_clicked_is_explained_in_both_worlds(visit):
    lane = visit("?place=lane&p=match&day=60").town()
    page, box = lane.page, lane.page.locator(".world .linli-box").first
    lane.until(lambda: lane.day() == 60, "day 60")
    size = box.bounding_box()
    for step in range(1, 40):  # somewhere there is a resident under the pointer
        before = page.locator(".panel").inner_text()
        box.click(position={"x": size["width"] * (step % 8 + 1) / 10, "y": size["height"] * (step / 42)})
        for _ in range(40):  # another click on the same compound changes nothing
            if page.locator(".panel").inner_text() != before:
                break
            page.wait_for_timeout(50)
        if page.locator(".panel h2").filter(has_text="Resident").count():
            break
    expect(page.locator(".panel h2")).to_contain_text("Resident")
    for resident in range(30, 300):
        if page.locator(".said").filter(has_text="chance of").count():
            break
        page.goto(f"{lane.address}?place=lane&p=match&day=60&resident={resident}")
        lane.town()
        page.wait_for_timeout(300)
    expect(page.locator(".said")).to_contain_text("neighbours known had been active")
    expect(page.locator(".why svg")).to_contain_text("own motive")


BUSY = {"theta_mean": -4.5, "lambda0": 0.15}
"""Assumptions with which much differs soon."""
LANE_BUSY = "?place=lane&days=60&p=match&p=council&day=60" + "".join(
    f"&set={name}:{value}" for name, value in BUSY.items()
)


@pytest.fixture(scope="module")
def by_hand() -> Lockstep:
    """The same two worlds, lived through without a page."""
    city = City(load("lane").but(days=60), **BUSY)
    city.run_to(city.settings.burn_in)
    return Lockstep(city, "match; council", Trace()).run(60)


def test_why_shows_the_same_day_in_both_worlds_and_the_chain(visit, by_hand):
    """What `linli explain` says, day by day that differs, in both languages; the link keeps the day."""
    who, chains = by_hand.result().most_changed(), Chains(by_hand, first=1)
    days = chains.days_of(who)
    lane = visit(f"{LANE_BUSY}&resident={who}").town()
    page = lane.page
    for at in (0, 1):
        found = explained(chains, who, days[at])
        expect(page.locator(".said")).to_contain_text(f"Day {found.day}, with the same luck in both worlds")
        expect(page.locator(".occasions")).to_contain_text(f"day {at + 1} of {len(days)}")
        for side, text in zip(found.sides, page.locator(".said h3 + p").all_inner_texts(), strict=True):
            assert text.startswith("Took part" if side.acts else "Did not take part")
        expect(page.locator(".first")).to_have_text(
            f"What differed first: {CHANNELS[CODE[found.steps[0].channel]].en}"
        )
        steps = page.locator("ol.chain li")
        expect(steps.first).to_have_text(found.steps[0].said("en"))
        expect(steps.last).to_have_text(found.steps[-1].said("en"))
        if at == 0:
            page.get_by_role("button", name="The next day that differs").click()
    expect(page.locator(".why svg")).to_contain_text("own motive")
    expect(page.locator(".life svg")).to_contain_text(f"day {chains.told(days[0])}: the two lives part")
    page.locator(".share button").click()
    lane.until(lambda: f"occasion={chains.told(days[1])}" in page.url, "the day in the link")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("ol.chain li").first).to_have_text(found.steps[0].said("zh"))


def test_who_does_the_same_in_both_worlds_is_said_to(visit, by_hand):
    """And from there the way to whoever differs most."""
    chains = Chains(by_hand, first=1)
    idle = next(
        i for i in range(900)
        if not chains.days_of(i) and last_day_to_decide(chains, i, chains.burn_in + 60) is not None
    )  # fmt: skip
    day = chains.told(last_day_to_decide(chains, idle, chains.burn_in + 60))
    page = visit(f"{LANE_BUSY}&resident={idle}").town().page
    expect(page.locator(".said")).to_contain_text(f"Day {day}, with the same luck in both worlds")
    expect(page.locator(".said")).to_contain_text("acts on the same days in both worlds")
    expect(page.locator(".occasions")).to_have_count(0)
    page.locator(".most-changed").click()
    expect(page.locator(".panel h2").first).to_have_text(f"Resident {by_hand.result().most_changed()}")
    expect(page.locator(".life svg")).to_contain_text("the two lives part")


def test_the_balance_is_the_account_of_both_worlds(visit, by_hand):
    """Acts and hours of every group, up to the day shown, also on a day before; they add up."""
    lane = visit(LANE_BUSY).town()
    page = lane.page
    for shown in (60, 59):
        expect(page.locator(".balance")).to_contain_text(f"this town, up to day {shown}")
        found = by_hand.result().between(0, shown)
        acts, minutes = found.by_group("acts"), found.by_group("minutes")
        for group in ("woken", "replaced", "asked", "displaced"):
            row = page.locator(".balance").get_by_role("row").filter(has_text=GROUPS[group].en)
            expect(row.locator("td").first).to_have_text(number(acts[group], 0, sign=True))
            expect(row.locator("td").last).to_have_text(number(minutes[group] / 60.0, 0, sign=True))
        everything = page.locator(".balance tr.clear td")
        expect(everything.first).to_have_text(number(found.difference(), 0, sign=True))
        page.get_by_role("button", name="One day back").click()
    page.get_by_role("tab", name="All measures").click()
    expect(page.locator(".balance")).to_contain_text("replaced: others did it")


def test_the_account_never_holds_up_the_days(visit):
    """While it is still on its way the page plays on, and says that it is waiting."""
    donghu = visit("?p=match&days=120&speed=60").town()
    donghu.page.get_by_role("button", name="Play").click()
    donghu.until(lambda: donghu.day() == 120, "the last day")
    expect(donghu.page.locator(".balance")).to_contain_text("this town, up to day 120")
    expect(donghu.page.locator(".balance .waiting")).to_have_count(0)


def test_without_policies_there_is_no_balance_and_why_still_answers(visit):
    page = visit("?place=lane&days=60&day=60&resident=40").town().page
    expect(page.locator(".said")).to_contain_text("acts on the same days in both worlds")
    page.get_by_role("tab", name="What it changes").click()
    expect(page.locator(".charts")).to_contain_text("Without a policy there is no difference")
    expect(page.locator(".balance")).to_have_count(0)


def test_a_compound_shows_its_matters_and_its_firm(visit):
    lane = visit("?place=lane&p=match&day=40&compound=1").town()
    table = lane.page.locator(".panel table")
    expect(table).to_contain_text("Open matters")
    expect(table).to_contain_text("Property firm")
    asks = lane.page.locator(".world .linli-box").last.locator("canvas").nth(2)
    inked = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean)"
    assert not asks.evaluate(inked)
    lane.page.get_by_role("radio", name="Asked on this day").click()
    expect(lane.page.locator(".linli-legend").first).to_contain_text("asks: followed / not")
    lane.until(lambda: asks.evaluate(inked), "arcs to who is asked")
    lane.page.get_by_role("button", name="asks: followed / not").first.click()
    lane.until(lambda: not asks.evaluate(inked), "no arcs")


def test_the_language_changes_everything(visit):
    lane = visit("?place=lane&p=match").town()
    lane.page.get_by_role("button", name="中文").click()
    expect(lane.page.locator("h1")).to_have_text("同一个社区，两种治理")
    expect(lane.page.locator(".day")).to_contain_text("起点")
    expect(lane.page.locator(".side .policy h3")).to_have_text(POLICIES["match"].zh)
    assert "Settings" not in lane.page.locator(".side").inner_text()


def test_a_link_opens_the_same_page_elsewhere(visit):
    lane = visit("?place=lane&days=80&p=council:start=10&set=mu:0.6&seed=5&colour=trust").town()
    page = lane.page
    page.get_by_role("button", name="One day on").click()
    lane.until(lambda: lane.day() == 1, "day 1")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    lane.until(lambda: "day=1" in page.url, "the link in the address bar")
    other = visit(page.url.removeprefix(lane.address)).town()
    other.until(lambda: other.day() == 1, "day 1")
    expect(other.page.get_by_label("Seed of chance")).to_have_value("5")
    expect(other.page.locator(".side .policy h3").first).to_have_text("Empower the residents' council")
    expect(other.page.get_by_role("radio", name="Trust")).to_have_attribute("aria-checked", "true")
    assert other.page.locator(".side .policy h3").nth(1).inner_text().startswith("mu:")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?days=99999999999", "between 1 and"),
        ("?place=../../etc/passwd", "unknown scenario"),
        ("?p=nonsense&study=../..&set=mu:9", "unknown policy"),
        ("?" + "p=match&" * 40, "policies are more"),
        ("?room=studies&study=%2Fetc", "unknown study"),
        ("?place=lane&set=arrivals:10&set=work_hours:10&set=deadline:120", ""),
    ],
)
def test_hostile_links_are_survived_with_a_message(visit, query, said):
    page = visit(query).page
    if said:
        expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator("h1")).to_be_visible()
    assert "Traceback" not in page.locator("body").inner_text()


def test_the_timeline_is_dragged_and_moved_by_keys(visit):
    lane = visit("?place=lane&days=90&p=match:start=20,end=60").town()
    page = lane.page
    first, last = (
        page.get_by_label(name, exact=True)
        for name in ("first day after the burn-in", "day it stops (none: never)")
    )
    expect(first).to_have_value("20")
    page.get_by_label("Match members to posts: first day").press("ArrowRight")
    expect(first).to_have_value("21")
    page.get_by_label("Match members to posts: last day").press("Shift+ArrowLeft")
    expect(last).to_have_value("50")
    body = page.locator(".linli-timeline .body").bounding_box()
    page.mouse.move(body["x"] + body["width"] / 2, body["y"] + 8)
    page.mouse.down()
    page.mouse.move(body["x"] + body["width"] / 2 + 80, body["y"] + 8, steps=4)
    page.mouse.up()
    lane.until(lambda: int(first.input_value()) > 21, "a later start")
    lane.until(lambda: int(last.input_value()) - int(first.input_value()) == 29, "the same length")
    page.get_by_label("Day shown").press("Shift+ArrowRight")
    lane.until(lambda: lane.day() == 10, "day 10")
    first.fill("7")
    first.press("Enter")
    expect(page.locator(".linli-timeline .label")).to_contain_text("from day 7".removeprefix("from "))
    page.get_by_role("button", name="Undo").click()
    lane.until(lambda: int(first.input_value()) > 21, "undone")


def test_fast_clicks_are_not_lost(visit):
    """Every click counts, also those that come before the day of the first one is drawn."""
    donghu = visit("?p=match&days=60").town()
    step = donghu.page.get_by_role("button", name="One day on")
    step.evaluate("button => { for (let i = 0; i < 8; i++) button.click() }")
    donghu.until(lambda: donghu.day() == 8, "day 8")
    donghu.page.get_by_role("button", name="One day back").evaluate(
        "button => { for (let i = 0; i < 3; i++) button.click() }"
    )
    donghu.until(lambda: donghu.day() == 5, "day 5")


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_maps_charts_and_the_balance_are_on_the_first_screen(visit, size):
    page = visit("?p=match&day=30", size=size).town(form=False).page
    expect(page.locator(".charts .linli-chart svg")).to_have_count(2)
    for arm in ("baseline", "policy"):
        box = page.locator(f".world.{arm} .linli-box").bounding_box()
        assert box["height"] >= 330
        assert box["y"] + box["height"] <= size[1]
    assert page.locator(".transport").bounding_box()["y"] >= 0
    for part in (page.locator(".charts .chart").last, page.locator(".sight .figures")):
        box = part.bounding_box()
        assert box["y"] + box["height"] <= size[1]


def test_typing_nonsense_says_so_and_changes_nothing(visit):
    lane = visit("?place=lane").town()
    days = lane.page.get_by_label("Days", exact=True)
    days.fill("many")
    days.press("Enter")
    expect(lane.page.get_by_role("alert")).to_contain_text("whole number")
    expect(days).to_have_value("90")


# numbers that are typed ----------------------------------------------------------------------------------

MU = "share of occasions that come from open matters"
SETTINGS = "?place=lane&days=20&seed=1&p=sink:headcount=12&set=mu:0.6"
FIELDS = {
    "seed": ("Seed of chance", "seed=", "1", "5", "0021"),
    "days": ("Days", "days=", "20", "30", "24.0"),
    "option": (
        "sunk members on the register, those already there included (members)",
        *("headcount=", "12", "30", "0021"),
    ),
    "time": ("first day after the burn-in", "start=", "0", "4", "003"),
    "parameter": (f"{MU} (share)", "set=mu:", "0.6", "0.123456", ".25"),
}
"""One field of every kind: label, its part of a link, what it holds, another, and one written oddly."""
ENDINGS: dict[str, Callable[[Any], Any]] = {
    "Enter": lambda field: field.press("Enter"),
    "Tab": lambda field: field.press("Tab"),
    "blur": lambda field: field.blur(),
    "Enter and blur": lambda field: (field.press("Enter"), field.blur()),
    "nothing": lambda field: None,
}
"""How an entry is finished; after nothing, by a click elsewhere."""
ROUNDS = [pytest.param(2, id="two endings"), pytest.param(len(ENDINGS), marks=pytest.mark.long, id="all")]
"""How many endings each field is tried with; the fields take turns, so that two of each try all of them."""


def endings_for(kind: str, many: int) -> list[tuple[str, Callable[[Any], Any]]]:
    """So many ways to finish an entry, others for each field."""
    listed, first = list(ENDINGS.items()), list(FIELDS).index(kind)
    return [listed[(first + turn) % len(listed)] for turn in range(many)]


def in_link(lane: Visit, part: str) -> str:
    """What the link to the page as it is now says of a setting (nothing of a first day that is 0)."""
    before = lane.page.url
    other_colour = 0 if "colour=" in before else 1  # so that there is another link
    lane.page.locator("[role=radio]").nth(other_colour).click()
    lane.page.locator(".share button").click()
    lane.until(lambda: lane.page.url != before, "another link")
    found = re.search(rf"[&:,]{re.escape(part)}([^&,]*)", lane.page.url)
    return found[1] if found else "0"


def enter(field: Any, text: str, how: str) -> None:
    """Put a text in place of what stands in a field: key by key, as fast as they go, or pasted."""
    field.click()
    field.press("ControlOrMeta+A")
    keyboard = field.page.keyboard
    keyboard.type(text) if how == "typed" else keyboard.insert_text(text)


@pytest.mark.parametrize("many", ROUNDS)
def test_what_is_typed_holds_and_is_shown_and_linked(visit, many):
    """Whatever the field and however the entry ends: the field, the setting and the link are the same."""
    lane = visit(SETTINGS).town()
    for kind in FIELDS:
        holds_what_is_typed(lane, kind, many)


def holds_what_is_typed(lane: Visit, kind: str, many: int) -> None:
    name, part, usual, other, odd = FIELDS[kind]
    field = lane.page.get_by_label(name, exact=True)
    expect(field).to_have_value(usual)
    for turn, (ending, finish) in enumerate(endings_for(kind, many)):
        text = other if turn % 2 == 0 else usual
        enter(field, text, "pasted" if turn % 2 else "typed")
        finish(field)
        assert float(in_link(lane, part)) == float(text), ending
        expect(field).to_have_value(text)
        field.focus()
        field.blur()  # nothing was typed
        assert float(in_link(lane, part)) == float(text), ending
        expect(field).to_have_value(text)
    enter(field, odd, "typed")
    field.press("Enter")
    assert float(in_link(lane, part)) == float(odd)
    expect(field).to_have_value(f"{float(odd):g}")


@pytest.mark.parametrize("many", ROUNDS)
def test_what_is_refused_changes_nothing_and_is_taken_back(visit, many):
    lane = visit(SETTINGS).town()
    for kind in FIELDS:
        refuses(lane, kind, many)


def refuses(lane: Visit, kind: str, many: int) -> None:
    name, part, usual, other, _ = FIELDS[kind]
    field = lane.page.get_by_label(name, exact=True)
    for ending, finish in endings_for(kind, many):
        enter(field, "-7x", "typed")
        if ending == "nothing":
            continue  # nothing is refused before the entry is finished: the next ending does that
        finish(field)
        expect(lane.page.get_by_role("alert")).to_contain_text("-7x")
        expect(field).to_have_value(usual)
        assert float(in_link(lane, part)) == float(usual)
        lane.page.get_by_role("alert").get_by_role("button").click()
        expect(lane.page.get_by_role("alert")).to_have_count(0)
    enter(field, other, "typed")
    field.press("Enter")
    assert float(in_link(lane, part)) == float(other)
    expect(field).to_have_value(other)


def test_undo_is_shown_in_the_field_and_leaving_it_does_not_undo_the_undoing(visit):
    lane = visit(SETTINGS).town()
    days = lane.page.get_by_label("Days", exact=True)
    for text in ("21", "22"):
        enter(days, text, "typed")
        days.press("Enter")
        expect(days).to_have_value(text)
    lane.page.get_by_role("button", name="Undo").click()
    expect(days).to_have_value("21")
    days.focus()
    days.blur()
    assert in_link(lane, "days=") == "21"
    lane.page.get_by_role("button", name="Redo").click()
    expect(days).to_have_value("22")


def test_a_slider_holds_where_it_is_let_go(visit):
    """By keys in a hurry, by a click on its line, and dragged there and back."""
    lane = visit(SETTINGS).town()
    page, field = lane.page, lane.page.get_by_label(f"{MU} (share)", exact=True)
    thumb = page.get_by_role("slider", name=MU)
    thumb.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(field).to_have_value("0.65")
    assert in_link(lane, "set=mu:") == "0.65"
    line = page.locator(f".v-slider:has([aria-label='{MU}'])").first.bounding_box()
    middle, at = line["y"] + line["height"] / 2, thumb.bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, middle)
    page.mouse.down()
    for share in (0.1, 0.9, 0.25):
        page.mouse.move(line["x"] + share * line["width"], middle, steps=8)
    page.mouse.up()
    lane.until(lambda: abs(float(field.input_value()) - 0.25) < 0.03, "where it was let go")
    assert in_link(lane, "set=mu:") == field.input_value()
    expect(thumb).to_have_attribute("aria-valuenow", field.input_value())


# what else a visitor does ----------------------------------------------------------------------------------


def test_a_study_is_opened_from_the_shelf(visit):
    page = visit("?room=studies").page
    page.locator(".v-select:has([data-testid=study])").click()
    page.locator(".v-menu__content.menuable__content__active").get_by_text("small", exact=True).click()
    expect(page.get_by_role("heading", name="Sinking and matching on the lane")).to_be_visible()
    expect(page.locator(".findings .linli-chart svg")).to_have_count(3)
    expect(page.locator(".findings")).to_contain_text("Ranking at equal cost")


def test_numbers_and_pictures_are_taken_home(visit, tmp_path):
    lane = visit("?place=lane&days=40&p=match&day=40").town()
    lane.until(lambda: lane.day() == 40, "day 40")
    for ending, start in (
        ("CSV", b"\xef\xbb\xbfpicture,line,day"),
        ("PNG", b"\x89PNG"),
        ("SVG", b"<?xml"),
        ("BIB", b"@software"),
    ):
        with lane.page.expect_download() as download:
            lane.page.get_by_role("button", name=f"Download {ending}").click()
        file = tmp_path / ending
        download.value.save_as(file)
        assert file.read_bytes().startswith(start)
        assert download.value.suggested_filename == f"linli-engaged_share.{ending.lower()}"
    lane.page.get_by_role("tab", name="All measures").click()
    expect(lane.page.locator(".scroll table")).to_be_visible()
    expect(lane.page.get_by_role("button", name="Download PNG")).to_have_count(0)
    with lane.page.expect_download() as download:
        lane.page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "linli-measures.csv"
    with lane.page.expect_download() as download:
        lane.page.get_by_role("button", name="Take it with you").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    alone, wrong = lane.context.new_page(), []
    alone.on("pageerror", lambda error: wrong.append(str(error)))
    alone.goto(file.as_uri())
    expect(alone.locator(".two canvas").first).to_be_visible()
    alone.get_by_role("button", name="Play").click()
    expect(alone.locator(".day")).to_have_text("Day 40 of 40")
    alone.get_by_label("Colour").select_option("asked")
    expect(alone.locator(".linli-legend").first).to_contain_text("asks: followed / not")
    alone.evaluate(AXE)
    found = alone.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [rule["id"] for rule in found] == []
    assert wrong == []


def test_visitors_do_not_see_each_other(visit):
    one, other = visit("?place=lane&seed=1").town(), visit("?place=lane&seed=2").town()
    one.choose("Add a policy", "Relieve workers' burden")
    expect(one.page.locator(".side .policy h3")).to_have_text("Relieve workers' burden")
    one.page.get_by_role("button", name="One day on").click()
    one.until(lambda: one.day() == 1, "day 1")
    assert other.day() == 0
    expect(other.page.locator(".side .policy")).to_have_count(0)
    expect(other.page.get_by_label("Seed of chance")).to_have_value("2")


def test_the_work_ends_with_the_tab(chromium, server):
    """Repeats take seconds; whoever leaves in the middle takes them along."""
    quiet = server.threads()
    for _ in range(2):
        gone = Visit(chromium, server.address, "?place=lane&days=3650&p=match").town()
        expect(gone.page.locator(".repeating")).to_contain_text("Other luck")
        gone.page.close(run_before_unload=True)
        gone.context.close()
    last = Visit(chromium, server.address, "?room=studies")
    last.until(lambda: server.threads() <= quiet + 8, "the end of the visitors' threads")
    last.close()


def test_the_page_works_on_a_tablet(visit):
    lane = visit("?place=lane&p=match", size=(820, 1180)).town(form=False)
    settings = lane.page.get_by_role("button", name="Settings")
    expect(lane.page.get_by_label("Seed of chance")).to_be_hidden()
    settings.click()
    expect(lane.page.get_by_label("Seed of chance")).to_be_visible()
    settings.click()
    expect(lane.page.get_by_label("Seed of chance")).to_be_hidden()


SIZES = {"desk": (1280, 800), "tablet": (820, 1180), "phone": (390, 844)}
USUAL = [("en", "desk", "light"), ("zh", "tablet", "dark"), ("zh", "phone", "light")]
"""Every language, size and theme once; all together where there is time."""
LOOKS = [
    pytest.param(*look, marks=[] if look in USUAL else [pytest.mark.long])
    for look in itertools.product(("en", "zh"), SIZES, ("light", "dark"))
]


@pytest.mark.parametrize(("lang", "size", "theme"), LOOKS)
def test_pictures_of_the_page(visit, request, lang, size, theme):
    """For people to look at; nothing sticks out at the side."""
    if lang == "zh":
        request.getfixturevalue("chinese")
    name = f"{lang}-{SIZES[size][0]}-{theme}"
    query = f"?place=lane&lang={lang}&p=match&p=council:start=20,end=60&day=70&panel=why&resident=40"
    lane = visit(query, size=SIZES[size]).town(form=False)
    if theme == "dark":
        lane.page.locator("[aria-label='Dark page'], [aria-label='深色页面']").click()
    lane.until(lambda: lane.day() == 70, "day 70")
    expect(lane.page.locator(".why svg")).to_be_visible()
    lane.picture(f"why-{name}")
    lane.page.get_by_role("tab").nth(0).click()
    expect(lane.page.locator(".charts .linli-chart svg")).to_have_count(2)
    lane.picture(f"difference-{name}")
    studies = lane.page.locator(".rooms button").nth(2)
    studies.click()
    name_of_study = lane.page.locator(".v-select:has([data-testid=study])")
    name_of_study.click()
    lane.page.locator(".v-menu__content.menuable__content__active").get_by_text("small").click()
    expect(lane.page.locator(".findings .linli-chart svg")).to_have_count(3)
    lane.picture(f"studies-{name}")


@pytest.mark.long
@pytest.mark.parametrize(("name", "days"), [("chengdu-sample", 60), ("chengdu", 30)])
def test_a_city_is_run_and_one_of_its_communities_opened(visit, name, days):
    """Forty communities, and all of them with 21 million residents."""
    city = visit(f"?room=city&city={name}&p=match&days={days}")
    page = city.page
    page.locator(".run-city").click()
    expect(page.locator(".city canvas").first).to_be_visible(timeout=600_000)
    expect(page.locator(".run-city")).to_be_visible(timeout=600_000)
    box = page.locator(".city .linli-box")
    size = box.bounding_box()
    box.click(position={"x": size["width"] / 2, "y": size["height"] / 2})
    door = page.locator(".one-community button")
    expect(door).to_be_visible()
    city.picture(name)
    days_ = page.locator(".days")
    days_.get_by_role("button", name="Play").click()
    expect(days_.get_by_role("button", name="Pause")).to_be_visible()
    expect(days_).to_contain_text(f"Day {days} of {days}")
    expect(days_.get_by_role("button", name="Play")).to_be_visible()
    number = re.search(r"\d+", door.inner_text())[0]
    door.click()
    city.town()
    expect(page.locator(".side")).to_contain_text(number)


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_tour_is_walked_to_its_end(visit, request, lang):
    if lang == "zh":
        request.getfixturevalue("chinese")
    tour = visit(f"?lang={lang}").town()
    page = tour.page
    page.locator(".tour").click()
    for step in range(5):
        answers = page.locator(".story .answers button")
        expect(answers.nth(2)).to_be_visible()
        answers.nth(1).click()
        if step != 3:
            control = page.locator(".story .answers button")
            expect(control).to_have_count(1)  # the answers are gone
            control.click()
        expect(page.locator(".told")).to_be_visible(timeout=600_000)
        assert "{" not in page.locator(".told").inner_text()
        tour.picture(f"tour-{lang}-{step + 1}")
        if step < 4:
            page.locator(".story .next").click()


@pytest.mark.long
def test_a_hundred_visits_leave_neither_threads_nor_memory(chromium, server):
    def come_and_go(times: int) -> None:
        for _ in range(times):
            guest = Visit(chromium, server.address, "?place=lane&p=match").town()
            guest.page.close(run_before_unload=True)
            guest.context.close()

    come_and_go(20)
    watcher = Visit(chromium, server.address, "?room=studies")
    watcher.page.wait_for_timeout(5_000)
    threads, memory = server.threads(), server.memory()
    come_and_go(80)
    watcher.until(lambda: server.threads() <= threads + 8, "the end of the visitors' threads")
    assert server.memory() < memory + 150
    watcher.close()
