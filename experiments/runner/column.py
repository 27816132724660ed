"""A column of a table that is kept: what it is called and made of, and what it means."""

from typing import NamedTuple

import pyarrow as pa


class Column(NamedTuple):
    """A column. type: as Arrow names it; unit: "" for none; en, zh: what it means in both languages."""

    name: str
    type: str
    unit: str
    en: str
    zh: str

    @property
    def field(self) -> pa.Field:
        """For Arrow: unit and meaning stand in the column's metadata, and so in Parquet files."""
        about = {"unit": self.unit, "en": self.en, "zh": self.zh}
        return pa.field(self.name, pa.type_for_alias(self.type), metadata=about)
