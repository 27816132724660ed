"""What a result was made with: the code, and the version of every package that linli needs."""

import platform
import re
from importlib import metadata

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.output import version

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def packages() -> dict[str, str]:
    """Name and version of every installed package that linli needs, and of those that they need."""
    found: dict[str, str] = {}
    ahead = ["linli"]
    while ahead:
        name = ahead.pop().lower()
        if name in found:
            continue
        try:
            about = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # of an extra, or of another system
            continue
        found[name] = about.version
        needed = [text for text in about.requires or () if name == "linli" or "extra ==" not in text]
        ahead += [match[0] for text in needed if (match := _NAME.match(text))]
    return dict(sorted(found.items()))


def lock() -> str:
    """As a file of requirements: Python and the rules of linli in comments, a package a line."""
    lines = [f"# python {platform.python_version()}", f"# linli {version()}, rules {SOURCE_HASH}"]
    lines += [f"{name}=={number}" for name, number in packages().items() if name != "linli"]
    return "\n".join(lines) + "\n"
