"""The command that opens the page: what it refuses, and where it listens."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest


def viz(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "viz", "viz", "--no-browser", *arguments],
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
    command = [sys.executable, "-m", "viz", "viz", "--no-browser", "--port", "0"]
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
