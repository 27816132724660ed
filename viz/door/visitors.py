"""Who may talk to the server of the page: the page itself, and no page of another site.

A browser lets any web page it shows send requests to this machine, and open websockets to it. Two headers
tell who asks. `Host` is the name the visitor typed: a foreign name that was made to point to this machine
(DNS rebinding) is refused. `Origin` is the page that sends: it must be the page this server gave out.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from linli.model.text import Text
from linli.viz.door.answers import with_headers
from linli.viz.door.names import is_ours
from linli.viz.door.seats import Seats
from linli.viz.door.token import Token

CLOSED = ("/resourcez", "/readyz")
"""What solara tells about the machine and its visitors: nobody's business here."""

STRANGER = Text("This page is for visitors of this address alone.", "此页面只对本地址的访问者开放。")
NO_TOKEN = Text(
    "This page asks for a token: open the whole address that `linli viz` printed, also what follows the ?.",
    "此页面需要口令：请打开 linli viz 给出的完整地址，包括问号之后的部分。",
)
FULL = Text(
    "Every seat at this page is taken. Come back when somebody has closed it.",
    "此页面的名额已满，请待有人关闭页面后再来。",
)
NOTHING = Text("There is nothing here.", "此处没有内容。")


class Visitors:
    """In front of an application: lets visitors in, and says why not where it does not."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: frozenset[str],
        headers: Mapping[str, str],
        token: Token | None = None,
        seats: Seats | None = None,
    ) -> None:
        """hosts: the values of `Host` that name this server; headers: sent with every answer; token: to be
        shown, None for none; seats: how many fit."""
        self.app = app
        self.hosts, self.headers, self.token = hosts, headers, token
        self.seats = seats or Seats()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        answer = self._answer(scope)
        if scope["type"] == "http":
            await (answer or self.app)(scope, receive, with_headers(send, self.headers))
        elif answer is None:
            await self._sit_down(scope, receive, send)
        else:
            await _turn_away(receive, send)

    def _answer(self, scope: Scope) -> ASGIApp | None:
        """What the door itself answers; None: the application does."""
        if not is_ours(Headers(scope=scope), self.hosts):
            return _says(STRANGER, 403)
        if self.token is not None and (exchanged := self.token.exchange(scope)):
            return exchanged
        if self.token is not None and not self.token.is_shown(scope):
            return _says(NO_TOKEN, 401)
        if scope["path"].rstrip("/") in CLOSED:
            return _says(NOTHING, 404)
        if scope["type"] == "http" and scope["path"] == "/" and self.seats.are_taken:
            return _says(FULL, 503, {"Retry-After": "60"})
        return None

    async def _sit_down(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A websocket of the page. Its address ends in the page's number and the name of a channel."""
        visitor = scope["path"].split("/")[-2]
        with self.seats.one(visitor) as fits:
            if fits:
                await self.app(scope, receive, send)
            else:
                await _turn_away(receive, send)


def _says(text: Text, status: int, headers: Mapping[str, str] | None = None) -> ASGIApp:
    return PlainTextResponse(f"{text.en}\n{text.zh}\n", status_code=status, headers=headers)


async def _turn_away(receive: Receive, send: Send) -> None:
    """A websocket that is closed before it was accepted: the browser sees an answer of 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
