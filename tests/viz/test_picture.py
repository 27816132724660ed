"""The picture of the README, drawn from series made up for the test."""

import numpy as np
import pandas as pd
import pytest

from linli.viz import picture


@pytest.fixture
def table() -> pd.DataFrame:
    """Three runs; matching adds one act a day from day 0 on, and half a point of engagement."""
    days = np.arange(-100, picture.LAST_DAY)
    tables = []
    for run in (1, 2, 3):
        for measure, gain in (("engaged_share", 0.005), ("acts_spontaneous", 1.0)):
            baseline = np.full(len(days), 0.08 + 0.001 * run)
            both = {"baseline": baseline, "policy": baseline + gain * (days >= 0)}
            tables.append(pd.DataFrame({"measure": measure, "day": days, "run": run, **both}))
    return pd.concat(tables)


def test_arms_have_a_row_a_day_and_a_column_a_run(table: pd.DataFrame) -> None:
    before, after = picture.arms(table, "engaged_share")
    assert before.shape == (picture.LAST_DAY - picture.FIRST_DAY, 3)
    assert before.index[0] == picture.FIRST_DAY
    assert (after - before).loc[-1].max() == 0.0
    assert (after - before).loc[0].tolist() == pytest.approx([0.005] * 3)


def test_differences_are_added_up(table: pd.DataFrame) -> None:
    left, right = picture.draw(dict.fromkeys(picture.PULLS, table)).axes
    days, difference = right.get_lines()[0].get_data()
    assert days[-1] == picture.LAST_DAY - 1
    assert difference[days < 0].tolist() == pytest.approx([0.0] * int((days < 0).sum()))
    assert difference[-1] == pytest.approx(picture.LAST_DAY)
    assert left.get_lines()[0].get_ydata()[-1] == pytest.approx(8.7)


def test_one_run_is_not_enough() -> None:
    with pytest.raises(SystemExit, match="two runs or more"):
        picture.main(["out.svg", "1"])
