"""The command that opens the page: what it refuses, and where it listens."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any

import psutil
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from linli.viz.door.answers import HEADERS, content_security_policy
from linli.viz.door.names import is_local, names_of, spelled
from linli.viz.door.seats import LINES, MOST, Seats
from linli.viz.door.token import Token


def viz(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "linli", "viz", "--no-browser", *arguments],
        capture_output=True,
        text=True,
        timeout=6000,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "x"], "whole number"),
        (["--port", "99999"], "between 0 and 65535"),
        (["--studies", "no/such/folder"], "no such folder"),
        (["--host", "256.1.1.1"], "no machine has this name"),
        (["--host", "192.0.2.1"], "cannot listen"),
        (["--host", "a..b"], "no machine has this name"),
        (["--host", "nowhere.invalid"], "no machine has this name"),
        (["--host", "x" * 10_000], "no machine has this name"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments, said):
    done = viz(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = viz("--host", "127.0.0.1", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "try another --port" in done.stderr


def test_it_listens_on_this_machine_alone_and_ends_on_ctrl_c():
    command = [sys.executable, "-m", "linli", "viz", "--no-browser", "--port", "0"]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        line = server.stdout.readline()
        found = re.search(r"http://localhost:(\d+)", line)
        assert found, line
        port = int(found[1])
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=600) as answer:
            page = answer.read().decode()
        assert "邻里 linli" in page
        assert "cdn.jsdelivr.net" not in page
        others = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for other in others - {"127.0.0.1"}:
            with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
                socket.create_connection((other, port), timeout=2)
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=600)
    assert server.returncode in (0, 130), errors
    assert "Traceback" not in errors


# who may talk to it ----------------------------------------------------------------------------------------


@dataclass
class Served:
    """The page, served by a process of its own. token: that visitors have to show, "" for none."""

    process: psutil.Process
    port: int
    token: str

    @property
    def cookie(self) -> dict[str, str]:
        """What a visitor with the token sends along."""
        return {"Cookie": f"linli-{self.port}={self.token}"}


@contextmanager
def served(*arguments: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "linli", "viz", "--no-browser", "--port", "0", *arguments]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        found = re.search(r"http://\S+:(\d+)(?:/\?token=(\S+))? ", line)
        assert found, line
        yield Served(psutil.Process(server.pid), int(found[1]), found[2] or "")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)


@pytest.fixture(scope="module")
def local() -> Iterator[Served]:
    with served() as server:
        yield server


@pytest.fixture(scope="module")
def port(local: Served) -> int:
    return local.port


@pytest.fixture(scope="module")
def everywhere() -> Iterator[Served]:
    """A server that listens on every address."""
    with served("--host", "0.0.0.0") as server:
        yield server


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirections are answers too."""

    def redirect_request(self, *_: Any) -> None:
        return None


def answer(port: int, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, Message, str]:
    """What the server answers, and that it says how its pages may be used."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method, headers=headers)
    try:
        came = urllib.request.build_opener(_Stay).open(request, timeout=60)
    except urllib.error.HTTPError as error:
        came = error
    with came:
        body = came.read().decode("utf-8", "replace")
        assert {name: came.headers[name] for name in HEADERS} == HEADERS
        allowed = came.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in allowed
        assert "'unsafe-inline'" not in allowed.partition("script-src")[2].partition(";")[0]
        return came.status, came.headers, body


def status(port: int, path: str = "/", method: str = "GET", **headers: str) -> int:
    return answer(port, path, method, **headers)[0]


def knock(port: int, host: str = "127.0.0.1", **options: Any) -> connect:
    """A websocket as the page opens one."""
    address = f"ws://{host}:{port}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
    line = socket.create_connection(("127.0.0.1", port))
    options = {"origin": f"http://{host}:{port}", "ping_interval": None, "max_queue": None, **options}
    return connect(address, sock=line, max_size=None, **options)


def opens(port: int, host: str = "127.0.0.1", origin: str | None = None, **options: Any) -> bool:
    """Whether a websocket to the page is opened; refused is it with 403 and nothing else."""
    try:
        with knock(port, host, origin=origin or f"http://{host}:{port}", **options):
            return True
    except InvalidStatus as refused:
        if refused.response.status_code != 403:
            raise
        return False


PATHS = ("/", "/resourcez?verbose", "/static/main.js", "/jupyter/api/kernels/x")


def test_other_names_are_refused(port):
    """A name that somebody else made to point to this machine: DNS rebinding."""
    for host in ("localhost", "127.0.0.1", "[::1]"):
        assert status(port, Host=f"{host}:{port}") == 200
    for host in ("evil.example", f"evil.example:{port}", f"localhost:{port + 1}", "localhost", "", "0.0.0.0"):
        assert [status(port, path, Host=host) for path in PATHS] == [403] * len(PATHS)
    assert not opens(port, "evil.example", f"http://evil.example:{port}")


def test_pages_of_other_sites_are_refused(port):
    own = f"127.0.0.1:{port}"
    assert status(port, Origin=f"http://{own}") == 200
    assert opens(port, "127.0.0.1", f"http://{own}")
    assert opens(port, "localhost", f"http://localhost:{port}")
    others = (
        "http://evil.example",
        "null",
        "http://127.0.0.1",
        f"http://127.0.0.1:{port + 1}",
        f"https://{own}",
    )
    for other in (*others, f"http://localhost:{port}", f"http://{own}.evil.example", "file://"):
        assert status(port, Origin=other) == 403
        assert status(port, "/_solara/api/close/x", "POST", Origin=other) == 403
        assert not opens(port, "127.0.0.1", other)


def test_listening_on_every_address_is_open_to_the_names_of_this_machine(everywhere):
    port, cookie = everywhere.port, everywhere.cookie
    for host in (socket.gethostname(), "localhost", "0.0.0.0"):
        assert status(port, Host=f"{host}:{port}", **cookie) == 200
    for _, _, _, _, (address, *_) in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
        assert status(port, Host=f"{address}:{port}", **cookie) == 200
        assert opens(port, address, additional_headers=cookie)
    assert status(port, Host=f"evil.example:{port}", **cookie) == 403
    assert not opens(port, "localhost", "http://evil.example", additional_headers=cookie)


def test_a_host_has_the_names_it_was_given():
    assert names_of("Page.Example") == {"page.example", "localhost", "127.0.0.1", "::1"}
    assert names_of("fe80:0::1%eth0") >= {"fe80::1"}
    assert socket.gethostname().lower() in names_of("::") & names_of("0.0.0.0")
    assert spelled(["a", "::1"], 8765) == {"a:8765", "[::1]:8765"}
    assert spelled(["a", "::1"], 80) == {"a:80", "[::1]:80", "a", "[::1]"}


def test_addresses_that_other_machines_reach_are_told_from_those_they_do_not():
    assert all(is_local(address) for address in ("127.0.0.1", "127.1.2.3", "::1"))
    assert not any(is_local(address) for address in ("0.0.0.0", "::", "192.168.0.7", "fe80::1%eth0"))


def test_only_scripts_of_the_page_may_run():
    """The digest is the one of MDN's page on `script-src`."""
    hello = "alert('Hello, world.');"
    allowed = content_security_policy(f'<script>{hello}</script><script src="x.js"></script>')
    scripts = allowed.partition("script-src ")[2].partition(";")[0]
    assert scripts.split()[-1] == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert "unsafe-inline" not in scripts
    assert scripts.count("sha256") == 1


def test_what_the_server_knows_of_the_machine_is_closed(port):
    for path in ("/resourcez", "/resourcez?verbose", "/resourcez/", "/%72esourcez", "/readyz"):
        assert status(port, path) == 404


def test_no_header_changes_the_address_of_the_page(port):
    """Solara believes the first visitor who tells it the path at which it stands."""
    _, _, page = answer(port, **{"X-Script-Name": "/elsewhere", "Script-Name": "/elsewhere"})
    assert "elsewhere" not in page


# the token -------------------------------------------------------------------------------------------------


def test_this_machine_needs_no_token(local):
    assert local.token == ""


def test_other_machines_have_to_show_the_token(everywhere):
    port, token = everywhere.port, everywhere.token
    assert len(token) >= 20
    for path in PATHS:
        assert status(port, path) == 401
    assert status(port, f"/?token={token[:-1]}") == 401
    assert status(port, Cookie=f"linli-{port}={token[:-1]}") == 401
    assert not opens(port)
    assert "linli viz" in answer(port)[2]


def test_the_token_becomes_a_cookie_and_leaves_the_address(everywhere):
    port, token = everywhere.port, everywhere.token
    for sent in ({}, everywhere.cookie):
        code, headers, _ = answer(port, f"/?place=lane&token={token}&p=match:start%3D2", **sent)
        assert code == 303
        assert headers["Location"] == "/?place=lane&p=match%3Astart%3D2"
        assert headers["Set-Cookie"].startswith(f"linli-{port}={token};")
        assert "httponly" in headers["Set-Cookie"].lower()
    assert status(port, **everywhere.cookie) == 200
    assert opens(port, additional_headers=everywhere.cookie)


def test_every_server_has_a_token_of_its_own():
    assert Token(8765).in_address != Token(8765).in_address


# how many, and what they leave behind ----------------------------------------------------------------------


def until(fact: Any, what: str) -> None:
    """Wait for a fact, as long as it takes (but not for ever)."""
    for _ in range(6000):
        if fact():
            return
        time.sleep(0.1)
    pytest.fail(f"waited for {what}")


def test_seats_are_counted():
    seats = Seats(most=2)
    with seats.one("a") as first, seats.one("b") as second, seats.one("c") as third:
        assert (first, second, third) == (True, True, False)
        assert seats.are_taken
        with seats.one("a") as again:
            assert again
    assert not seats.are_taken
    with ExitStack() as lines:
        assert [lines.enter_context(seats.one("a")) for _ in range(LINES + 1)] == [True] * LINES + [False]


def test_there_are_so_many_seats_and_no_more():
    with served() as server:
        with ExitStack() as lines:
            for _ in range(MOST):
                lines.enter_context(knock(server.port))
            until(lambda: status(server.port) == 503, "the last seat")
            assert not opens(server.port)
            code, headers, said = answer(server.port)
            assert (code, headers["Retry-After"]) == (503, "60")
            assert "taken" in said
            assert "已满" in said
        until(lambda: status(server.port) == 200, "a free seat")
        assert opens(server.port)


def visit(line: ClientConnection, query: str) -> ClientConnection:
    """A visitor whose page is drawn, without a browser."""
    comm = uuid.uuid4().hex
    run = {
        "method": "run",
        "args": {"path": f"/?{query}", "themes": {"light": {}, "dark": {}}, "dark": False},
    }
    for kind, content in (
        ("comm_open", {"comm_id": comm, "target_name": "solara.control", "data": {}}),
        ("comm_msg", {"comm_id": comm, "data": run}),
    ):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "", "username": "", "version": "5"}
        whole = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        line.send(json.dumps({**whole, "channel": "shell"}))
    until(lambda: '"finished"' in str(line.recv(timeout=600)), "the page")
    return line


def cut(line: ClientConnection) -> None:
    """The connection breaks: nobody says good-bye."""
    with suppress(OSError):
        line.socket.shutdown(socket.SHUT_RDWR)


def is_calm(server: Served) -> bool:
    """Whether the server does nothing."""

    def work() -> float:
        times = server.process.cpu_times()
        return times.user + times.system

    before = work()
    time.sleep(0.5)
    return work() - before < 0.1


YEARS = "place=donghu&days=3650&p=match"
"""Twenty pairs of ten years: minutes of work."""


def test_the_work_of_a_visitor_ends_when_the_connection_breaks(local):
    until(lambda: is_calm(local), "the end of all work before")
    idle = local.process.num_threads()
    with ExitStack() as lines:
        both = [visit(lines.enter_context(knock(local.port)), YEARS) for _ in range(2)]
        until(lambda: local.process.num_threads() >= idle + 4, "the visitors' work")
        for line in both:
            cut(line)
    # of each visitor a thread that is kept for the next one stays
    until(lambda: local.process.num_threads() <= idle + 2, "the end of the visitors' threads")
    until(lambda: is_calm(local), "the end of the visitors' work")


@pytest.mark.long
def test_memory_is_given_back_when_a_class_has_left():
    with served() as server:

        def memory() -> float:
            return server.process.memory_info().rss / 1e6

        def class_leaves() -> float:
            """Memory while everybody is there [MB]."""
            idle = server.process.num_threads()
            with ExitStack() as lines:
                everybody = [visit(lines.enter_context(knock(server.port)), "") for _ in range(MOST)]
                held = memory()
                for line in everybody:
                    cut(line)
            until(lambda: server.process.num_threads() <= idle + MOST, "the end of the visitors' threads")
            return held

        before = memory()
        held = class_leaves()
        assert held > before + 200
        until(lambda: memory() < before + 0.6 * (held - before), "memory given back")
