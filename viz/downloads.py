"""What a visitor can take home of the chart: its numbers, and the picture for paper."""

import solara

from viz.desk import Desk


@solara.component
def Downloads(desk: Desk, dark: bool) -> None:
    """The downloads of the chart that is shown."""
