"""What visitors have to show where other machines can reach the server: a word that whoever started it knows.

It stands in the address that `linli viz` prints. The first visit exchanges it for a cookie, so that it stays
neither in the address bar nor in links to the page.
"""

import secrets
from urllib.parse import parse_qsl, urlencode

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

IN_ADDRESS = "token"
"""The name of the token in an address."""


class Token:
    """The token of one server. Made anew at each start, of 144 random bits."""

    def __init__(self, port: int) -> None:
        """port: of the server; browsers do not tell the cookies of two ports apart by themselves."""
        self._word = secrets.token_urlsafe(18)
        self._cookie = f"linli-{port}"

    @property
    def in_address(self) -> str:
        """The query of an address that shows the token."""
        return urlencode({IN_ADDRESS: self._word})

    def is_shown(self, scope: Scope) -> bool:
        """Whether a visitor comes with the cookie."""
        return self._is(HTTPConnection(scope).cookies.get(self._cookie, ""))

    def exchange(self, scope: Scope) -> Response | None:
        """The answer to an address with the token: the same one without it, and the cookie. None without."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["type"] != "http" or not self._is(dict(query).get(IN_ADDRESS, "")):
            return None
        rest = urlencode([(name, value) for name, value in query if name != IN_ADDRESS])
        answer = RedirectResponse("/" + (f"?{rest}" if rest else ""), status_code=303)
        answer.headers["Cache-Control"] = "no-store"
        answer.set_cookie(self._cookie, self._word, httponly=True, samesite="lax")
        return answer

    def _is(self, word: str) -> bool:
        return secrets.compare_digest(word.encode(), self._word.encode())
