"""Parameters that decide the question and that no target of the model identifies (see model/ODD.md)."""

UNIDENTIFIED = (
    *("J", "chi", "mu", "seen", "w_P", "sunk_at_home", "member_asks", "posts"),
    *("A_known", "A_stranger", "E", "omega", "eta_o"),
)
"""By symbol, the most decisive first: results are bands over them."""
