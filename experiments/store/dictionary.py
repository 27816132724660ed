"""The data dictionary of a study: what each column of each table means, as a CSV for whoever opens the
folder."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from linli.experiments.store.schema import columns_of

HEAD = ("table", "column", "type", "unit", "en", "zh")


def dictionary(manifest: Mapping[str, Any]) -> str:
    """One row a column, of the tables that the study keeps."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEAD)
    kept = {
        "runs": True,
        "daily": bool(manifest["keep"]["daily"]),
        "compounds": manifest["keep"]["compounds"],
        "years": manifest["keep"].get("years", False),
    }
    for table in (name for name, keeps in kept.items() if keeps):
        for column in columns_of(table, manifest):
            rows.writerow((table, column.name, column.type, column.unit, column.en, column.zh))
    return text.getvalue()
