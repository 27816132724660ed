"""Memory is asked for before it is taken."""

import psutil

from linli.model.errors import InputError

FEWER_COMMUNITIES = "simulate fewer communities (place.sampled), or use a larger machine"


def check_memory(needed: int, what: str, instead: str = FEWER_COMMUNITIES) -> None:
    """Refuse before anything is allocated what the machine has no memory for. Raises InputError.

    needed: [bytes]; what: the thing that takes it; instead: what could be done, for the message.
    """
    free = psutil.virtual_memory().available
    if needed > free:
        raise InputError(
            f"{what} takes about {needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free: {instead}"
        )
