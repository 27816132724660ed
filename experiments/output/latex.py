"""Tables as LaTeX, for papers: `\\usepackage{booktabs,longtable}` is all they need."""

import pandas as pd

_SPECIAL = {c: "\\" + c for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
_SPECIAL |= {"^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}"}


def to_latex(table: pd.DataFrame, caption: str) -> str:
    """A table that may run over pages: numbers in four figures, right; text left."""
    kinds = "".join("r" if pd.api.types.is_numeric_dtype(table[name]) else "l" for name in table)
    head = " & ".join(escaped(str(name)) for name in table) + r" \\"
    rows = [" & ".join(_cell(value) for value in row) + r" \\" for row in table.itertuples(index=False)]
    lines = [
        rf"\begin{{longtable}}{{{kinds}}}",
        rf"\caption{{{escaped(caption)}}} \\",
        r"\toprule",
        head,
        r"\midrule \endhead",
        *rows,
        r"\bottomrule",
        r"\end{longtable}",
    ]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text in which nothing means anything to LaTeX."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "--"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"${value:.4g}$" if "e" not in f"{value:.4g}" else _power(float(value))
    return escaped(str(value))


def _power(value: float) -> str:
    digits, _, exponent = f"{value:.4g}".partition("e")
    return rf"${digits}\cdot10^{{{int(exponent)}}}$"
