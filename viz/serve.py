"""The server of the page: solara on uvicorn, everything from this machine, nothing from anywhere else.

Only the page itself may talk to it: see `viz.visitors`.
"""

import contextlib
import os
import socket
import threading
import webbrowser
from pathlib import Path

from linli.model.errors import InputError, count_of

HOST, PORT = "localhost", 8765


def serve(host: str = HOST, port: int | str = PORT, folder: Path | None = None, browser: bool = True) -> None:
    """Serve the page until interrupted. folder: with studies that visitors may open; browser: open one.

    host: where to listen, and by which name visitors come; with 0.0.0.0 they come from other machines, by the
    name of this one or an address of it. Raises InputError if the port is taken, or the folder is none.
    """
    number = count_of("--port", port, 0, 65_535)
    if folder is not None and not folder.is_dir():
        raise InputError(f"--studies {folder}: there is no such folder")
    listener = _listen(host, number)
    _set_up()
    import uvicorn
    from solara.server import starlette

    from linli.model.attribution.lockstep import Lockstep
    from linli.model.attribution.trace import Trace
    from linli.model.city import City
    from linli.viz.rooms.shelf import put_up
    from linli.viz.visitors import Visitors, names_of, spelled

    put_up(folder)
    # compiled code is made or loaded now, and not when the first visitor waits
    Lockstep(City("lane").run_to(1), "", Trace()).run(1)
    number = listener.getsockname()[1]
    url = f"http://{'[' + host + ']' if ':' in host else host}:{number}"
    app = Visitors(starlette.app, spelled(names_of(host), number))

    class Server(uvicorn.Server):
        """Says where the page is as soon as it is there."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"linli: the page is at {url} (Ctrl-C ends it)", flush=True)
            if browser:
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise InputError(f"cannot listen on {host}:{port}: {error.strerror}; try another --port") from None
    except UnicodeError:
        raise InputError(f"--host {host[:100]}: no name of a machine") from None
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
    settings.kernel.cull_timeout = "2m"
    # assets are installed with solara-assets; what is not there is not fetched from anywhere
    solara.settings.assets.proxy = True
    solara.settings.assets.cdn = "http://localhost:9/"
