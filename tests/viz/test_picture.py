"""The picture of the README, drawn from series made up for the test."""

import numpy as np
import pandas as pd
import pytest

from linli.model.attribution.channels import CODE
from linli.model.attribution.result import DIFFERENCE, Attribution
from linli.viz import picture

ADULTS = 500


@pytest.fixture
def difference() -> Attribution:
    """Every day somebody follows an example and two are asked; from day 100 on one holds back a day."""
    rows = []
    for day in range(picture.LAST_DAY):
        rows += [(day, 1, 30, 1, CODE["example"]), (day, 2, 30, 1, CODE["asked_peer"])]
        rows += [(day, 3, 0, 1, CODE["asked_member"])]
        if day >= 100:
            rows.append((day, 4, -30, -1, CODE["held_back"]))
    both = np.zeros((picture.LAST_DAY, 2), dtype=np.int64)
    return Attribution(np.array(rows, dtype=DIFFERENCE), both, both, {})


@pytest.fixture
def runs(difference: Attribution) -> list[picture.Run]:
    """Three runs; matching adds half a point of engagement from day 0 on."""
    days = pd.RangeIndex(picture.FIRST_DAY, picture.LAST_DAY)
    groups, made = picture.added_up(difference, ADULTS), []
    for luck in (0.001, 0.002, 0.003):
        without = pd.Series(0.08 + luck, index=days)
        engaged = pd.DataFrame({"without": without, "with": without + 0.005 * (days >= 0)})
        made.append(picture.Run(engaged, groups * (0.8 + 100 * luck)))
    return made


def test_acts_are_added_up_by_group_for_a_thousand_adults(difference: Attribution) -> None:
    groups = picture.added_up(difference, ADULTS)
    assert groups.index[0] == 0
    assert groups.index[-1] == picture.LAST_DAY
    assert groups.loc[0].tolist() == [0.0] * len(picture.STYLES)
    assert groups.loc[picture.LAST_DAY, "woken"] == pytest.approx(2.0 * picture.LAST_DAY)
    assert groups.loc[picture.LAST_DAY, "asked"] == pytest.approx(4.0 * picture.LAST_DAY)
    assert groups.loc[100, "replaced"] == 0.0
    assert groups.loc[110, "replaced"] == pytest.approx(-20.0)


def test_both_panels_show_the_mean_of_the_runs(runs: list[picture.Run]) -> None:
    left, right = picture.draw(runs).axes
    assert left.get_lines()[0].get_ydata()[-1] == pytest.approx(8.7)
    assert left.get_lines()[1].get_ydata()[-1] == pytest.approx(8.2)
    lines = {line.get_label(): line for line in right.get_lines()}
    for group in ("woken", "replaced", "asked"):
        days, values = lines[group].get_data()
        assert days[-1] == picture.LAST_DAY
        assert values[-1] == pytest.approx(runs[1].groups[group].iloc[-1])


def test_a_run_has_every_day_and_agrees_with_both_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "LAST_DAY", 10)
    one = picture.run(3)
    assert one.engaged.index.tolist() == list(range(picture.FIRST_DAY, 10))
    before = one.engaged.loc[:-1]
    assert before["with"].tolist() == before["without"].tolist()
    assert one.groups.index.tolist() == [0, 5, 10]
    assert np.isfinite(one.groups.to_numpy()).all()


def test_one_run_is_not_enough() -> None:
    with pytest.raises(SystemExit, match="two runs or more"):
        picture.main(["out.svg", "1"])
