"""The command that opens the page: what it refuses, and where it listens."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from linli.viz.visitors import HEADERS, names_of, spelled


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
        (["--host", "256.1.1.1"], "cannot listen"),
        (["--host", "a..b"], "no name of a machine"),
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


@contextmanager
def served(*arguments: str) -> Iterator[int]:
    """The page, served by a process of its own; yields its port."""
    command = [sys.executable, "-m", "linli", "viz", "--no-browser", "--port", "0", *arguments]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        found = re.search(r"http://\S+:(\d+)", line)
        assert found, line
        yield int(found[1])
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served() as port:
        yield port


@pytest.fixture(scope="module")
def open_port() -> Iterator[int]:
    """Of a server that listens on every address."""
    with served("--host", "0.0.0.0") as port:
        yield port


def status(port: int, path: str = "/", method: str = "GET", **headers: str) -> int:
    """What the server answers, and that it says how its pages may be used."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method, headers=headers)
    try:
        answer = urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        answer.read()
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        return answer.status


def opens(port: int, host: str, origin: str | None) -> bool:
    """Whether a websocket to the page is opened; refused is it with 403 and nothing else."""
    address = f"ws://{host}:{port}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
    try:
        with (
            socket.create_connection(("127.0.0.1", port)) as line,
            connect(address, sock=line, origin=origin),
        ):
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


def test_listening_on_every_address_is_open_to_the_names_of_this_machine(open_port):
    for host in (socket.gethostname(), "localhost", "0.0.0.0"):
        assert status(open_port, Host=f"{host}:{open_port}") == 200
    for _, _, _, _, (address, *_) in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
        assert status(open_port, Host=f"{address}:{open_port}") == 200
        assert opens(open_port, address, f"http://{address}:{open_port}")
    assert status(open_port, Host=f"evil.example:{open_port}") == 403
    assert not opens(open_port, "localhost", "http://evil.example")


def test_a_host_has_the_names_it_was_given():
    assert names_of("Page.Example") == {"page.example", "localhost", "127.0.0.1", "::1"}
    assert names_of("fe80:0::1%eth0") >= {"fe80::1"}
    assert socket.gethostname().lower() in names_of("::") & names_of("0.0.0.0")
    assert spelled(["a", "::1"], 8765) == {"a:8765", "[::1]:8765"}
    assert spelled(["a", "::1"], 80) == {"a:80", "[::1]:80", "a", "[::1]"}
