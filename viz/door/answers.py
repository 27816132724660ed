"""What every answer of the server tells the browser: what the page may load and run, and who may use it."""

import base64
import hashlib
import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every answer: no page of another site shows this one in a frame, keeps a handle on its window,
loads its files or learns its address, and no browser guesses what a file is."""

SOURCES = {
    "default-src": "'none'",
    # Vue makes functions of its templates in the browser, and anywidget loads its modules from blobs
    "script-src": "'self' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",  # of every widget
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}
"""What the page may load and run: what this server gives out, and of scripts within the page those alone that
were in it when the server started."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", flags=re.DOTALL | re.IGNORECASE)


def content_security_policy(page: str) -> str:
    """The header `Content-Security-Policy` for a page: its own scripts run, by their hashes, and no others.

    page: its HTML, the same for all visitors.
    """
    allowed = {**SOURCES, "script-src": " ".join([SOURCES["script-src"], *_hashes(page)])}
    return "; ".join(f"{what} {sources}" for what, sources in allowed.items())


def _hashes(page: str) -> list[str]:
    """Of the scripts that stand within a page (those with a `src` are files of this server)."""
    inline = [text for attributes, text in _SCRIPT.findall(page) if "src=" not in attributes]
    digests = (hashlib.sha256(text.encode()).digest() for text in inline)
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))


def with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    """Sends answers with these headers."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = MutableHeaders(scope=message)
            for name, value in headers.items():
                said[name] = value
        await send(message)

    return sending
