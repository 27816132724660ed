"""Networks that somebody brings, from Python."""

from pathlib import Path

from linli.model.graphs import Brought, looked_at


def load_network(file: str | Path, residents: str | Path | None = None) -> Brought:
    """Read a network: .graphml, .gexf, or a list of ties; and its residents, as CSV [the nodes' attributes].

    What is returned says what was read, and goes to `linli.simulate(..., network=...)`. Raises InputError.
    """
    return looked_at(file, residents)
