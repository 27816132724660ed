"""The server of the page: solara on uvicorn, everything from this machine, nothing from anywhere else.

Only the page itself may talk to it, and where other machines can reach it, only who has its token: see
`viz.door`. Here it is set up, and here stands what a visitor who leaves leaves behind: nothing.
"""

import contextlib
import errno
import os
import socket
import threading
import webbrowser
from pathlib import Path

from starlette.types import ASGIApp

from linli.model.errors import InputError, count_of
from linli.viz.door.answers import HEADERS, content_security_policy
from linli.viz.door.names import is_local, names_of, spelled
from linli.viz.door.token import Token

HOST, PORT = "localhost", 8765

CONNECTIONS = 600
"""Connections at a time. A browser opens up to six for a page, and one more for its websocket."""

MESSAGE = 1_000_000
"""Length of what a page may say at once; it says little [bytes]."""

PULSE = 10.0
"""Each page is asked so often whether it is still there, and has as long to answer [s]."""

GONE = "8s"
"""So long a page whose connection broke may come back to what it left. Who closes a page is gone at once."""


def serve(host: str = HOST, port: int | str = PORT, folder: Path | None = None, browser: bool = True) -> None:
    """Serve the page until interrupted. folder: with studies that visitors may open; browser: open one.

    host: where to listen, and by which name visitors come; with 0.0.0.0 they come from other machines, by the
    name of this one or an address of it, and have to show the token that stands in the address printed.
    Raises InputError if the port is taken, or the folder is none.
    """
    number = count_of("--port", port, 0, 65_535)
    if folder is not None and not folder.is_dir():
        raise InputError(f"--studies {folder}: there is no such folder")
    listener = _listen(host, number)
    _set_up()
    import uvicorn

    from linli.viz.rooms.shelf import put_up

    put_up(folder)
    _compile()
    address, number = listener.getsockname()[:2]
    token = None if is_local(address) else Token(number)
    url = f"http://{'[' + host + ']' if ':' in host else host}:{number}" + (
        f"/?{token.in_address}" if token else ""
    )

    class Server(uvicorn.Server):
        """Says where the page is as soon as it is there."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"linli: the page is at {url} (Ctrl-C ends it)", flush=True)
            if browser:
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    config = uvicorn.Config(
        _guarded(spelled(names_of(host), number), token),
        log_level="warning",
        timeout_graceful_shutdown=2,
        limit_concurrency=CONNECTIONS,
        ws_max_size=MESSAGE,
        ws_ping_interval=PULSE,
        ws_ping_timeout=PULSE,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])


def _guarded(hosts: frozenset[str], token: Token | None) -> ASGIApp:
    """Solara's application, with the door before it."""
    from solara.server import app, server, starlette

    from linli.viz.door.leaving import Tidying
    from linli.viz.door.visitors import Visitors

    Tidying()
    app.ensure_apps_initialized()
    page = server.read_root("/")
    assert page is not None
    headers = {**HEADERS, "Content-Security-Policy": content_security_policy(page)}
    return Visitors(starlette.app, hosts, headers, token)


def _compile() -> None:
    """Compiled code is made or loaded now, and not when the first visitor waits."""
    from linli.model.attribution.lockstep import Lockstep
    from linli.model.attribution.trace import Trace
    from linli.model.city import City

    Lockstep(City("lane").run_to(1), "", Trace()).run(1)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError):
        raise InputError(f"--host {host[:100]}: no machine has this name here; try localhost") from None
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        other = "port" if error.errno == errno.EADDRINUSE else "host or --port"
        raise InputError(f"cannot listen on {host}:{port}: {error.strerror}; try another --{other}") from None
    return listener


def _set_up() -> None:
    """Solara's settings, before its server is imported."""
    os.environ["SOLARA_APP"] = "linli.viz.app"
    import solara.server.settings as settings
    import solara.settings

    settings.main.mode = "production"
    settings.telemetry.mixpanel_enable = False
    settings.theme.title = "邻里 linli"
    settings.theme.loader = "plain"
    settings.theme.variant = settings.ThemeVariant.light
    settings.kernel.cull_timeout = GONE
    # no header of a request says what the address of the page is
    settings.main.root_path, settings.main.base_url = "", "/"
    # assets are installed with solara-assets; what is not there is not fetched from anywhere
    solara.settings.assets.proxy = True
    solara.settings.assets.cdn = "http://localhost:9/"
