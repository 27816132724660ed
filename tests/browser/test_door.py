"""The door of the page as a browser sees it: what it lets in runs, what others put in does not."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect


def served(*arguments: str) -> tuple["subprocess.Popen[str]", str]:
    """`linli viz` in a process of its own, and the address that it prints."""
    command = [sys.executable, "-m", "linli", "viz", "--no-browser", "--port", "0", *arguments]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    return server, found[0]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a server that other machines reach, as this machine calls it."""
    server, address = served("--host", "0.0.0.0")
    yield address.replace("0.0.0.0", "127.0.0.1")
    server.send_signal(signal.SIGINT)
    server.wait(600)


LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A page that came by the address with the token, drawn, and playing."""
    context = chromium.new_context()
    context.set_default_timeout(300_000)
    page = context.new_page()
    page.add_init_script(LISTEN)
    page.goto(f"{address}&place=lane&days=90&p=match")
    expect(page.locator(".maps canvas").first).to_be_visible()
    yield page
    context.close()


def test_the_policy_of_the_page_lets_all_of_the_page_run(page: Page) -> None:
    said: list[Any] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("tab", name="All measures").click()
    expect(page.locator("table.measures").first).to_be_visible()
    page.get_by_role("button", name="City", exact=True).click()
    expect(page.locator(".run-city")).to_be_visible()
    page.get_by_role("button", name="Studies", exact=True).click()
    page.get_by_role("button", name="Neighbourhood", exact=True).click()
    page.get_by_role("tab", name="What it changes").click()
    expect(page.locator(".panel canvas, .panel svg").first).to_be_visible()
    assert page.evaluate("window.refused") == []
    assert [text for text in said if "Security Policy" in text] == []


def test_a_script_that_somebody_puts_into_the_page_does_not_run(page: Page) -> None:
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<img src='x:' onerror='window.ran = true'>");
    }""")
    page.wait_for_function("window.refused.filter(what => what.startsWith('script-src')).length > 0")
    assert page.evaluate("window.ran") is None


def test_the_token_stays_out_of_the_address_bar(page: Page, chromium: Browser, address: str) -> None:
    assert "token" not in page.url
    assert "place=lane" in page.url
    stranger = chromium.new_page()
    answer = stranger.goto(address.partition("?")[0])
    assert answer is not None
    assert answer.status == 401
    stranger.close()
