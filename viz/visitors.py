"""Who may talk to the server of the page: the page itself, and no page of another site.

A browser lets any web page it shows send requests to this machine, and open websockets to it. Two headers
tell who asks. `Host` is the name the visitor typed: a foreign name that was made to point to this machine
(DNS rebinding) is refused. `Origin` is the page that sends: it must be the page this server gave out.
"""

import contextlib
import socket
from collections.abc import Iterable
from ipaddress import ip_address

import psutil
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every answer: no page of another site shows this one in a frame, keeps a handle on its window,
loads its files or learns its address, and no browser guesses what a file is."""


def names_of(host: str) -> frozenset[str]:
    """What a visitor may call this server: the names of this machine for itself, and the host it listens on.

    Where it listens on every address (`--host 0.0.0.0` or `::`) that is no name to visit, so the name of the
    machine and the addresses of its networks count too. Behind another name (of a proxy, say) it has to
    listen on that name: a name that is not known here cannot be told from one that somebody else made up.
    """
    names = {*THIS_MACHINE, _plain(host)}
    if _is_any(host):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
        for addresses in psutil.net_if_addrs().values():
            names |= {_plain(a.address) for a in addresses if a.family in (socket.AF_INET, socket.AF_INET6)}
    return frozenset(names)


def _is_any(host: str) -> bool:
    """Whether a host stands for every address of this machine."""
    if host == "":
        return True
    with contextlib.suppress(ValueError):
        return ip_address(host).is_unspecified
    return False


def _plain(host: str) -> str:
    """A host as it is compared: in small letters; an address without its zone and in its shortest form."""
    host = host.partition("%")[0].lower()
    with contextlib.suppress(ValueError):
        return str(ip_address(host))
    return host


def spelled(names: Iterable[str], port: int) -> frozenset[str]:
    """The values of `Host` that name this server. Browsers leave out the port if it is the usual one (80)."""
    hosts = [f"[{name}]" if ":" in name else name for name in names]
    return frozenset([f"{host}:{port}" for host in hosts] + (hosts if port == 80 else []))


class Visitors:
    """In front of an application: refuses with 403 who does not come from its own page.

    hosts: the values of `Host` that name this server. A request without `Origin` is not sent by a page of
    another site (a visitor who follows a link, or a program of this machine), and no browser opens a
    websocket without one.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif self._is_ours(Headers(scope=scope)):
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})  # before it was accepted: an answer of 403
        else:
            refusal = PlainTextResponse("This page is for visitors of this address alone.\n", status_code=403)
            await refusal(scope, receive, _with_headers(send))

    def _is_ours(self, headers: Headers) -> bool:
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return False
        return not origins or [origin.lower() for origin in origins] == [f"http://{hosts[0].lower()}"]


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
