"""By which names visitors call this server, and which page they come from."""

import contextlib
import socket
from collections.abc import Iterable
from ipaddress import ip_address

import psutil
from starlette.datastructures import Headers

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


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


def is_local(address: str) -> bool:
    """Whether only this machine reaches an address that is listened on."""
    return ip_address(_plain(address)).is_loopback


def spelled(names: Iterable[str], port: int) -> frozenset[str]:
    """The values of `Host` that name this server. Browsers leave out the port if it is the usual one (80)."""
    hosts = [f"[{name}]" if ":" in name else name for name in names]
    return frozenset([f"{host}:{port}" for host in hosts] + (hosts if port == 80 else []))


def is_ours(headers: Headers, hosts: frozenset[str]) -> bool:
    """Whether a request calls this server by one of its names, and is sent by a page that it gave out.

    A request without `Origin` is not sent by a page of another site (a visitor who follows a link, or a
    program of this machine), and no browser opens a websocket without one.
    """
    called, origins = headers.getlist("host"), headers.getlist("origin")
    if len(called) != 1 or called[0].lower() not in hosts:
        return False
    return not origins or [origin.lower() for origin in origins] == [f"http://{called[0].lower()}"]
