"""A share of a count or an amount, where there may be nothing to share."""

from linli.agents.compiled import rule


@rule
def share(part, whole):
    """What a part is of the whole [0, 1]; of nothing, none."""
    return part / whole if whole > 0 else 0.0
