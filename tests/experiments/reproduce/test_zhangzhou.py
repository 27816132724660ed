"""Zhangzhou's record as a case: two worlds of two communities stand for all of them."""

import pytest

from linli.experiments.reproduce.cases import zhangzhou
from linli.model.scenario import load


def test_a_small_zhangzhou(monkeypatch) -> None:
    """Arms differ where their policies do, the record shows no less than was resolved, and figures draw."""
    monkeypatch.setattr(zhangzhou, "WORLDS", 2)
    monkeypatch.setattr(zhangzhou, "COMMUNITIES", 2)
    rows = zhangzhou.table()
    of = rows.set_index(["arm", "outcome"])
    assert (of["low"] <= of["middle"]).all()
    assert (of.loc[zhangzhou.NONE, [f"change {end}" for end in ("low", "middle", "high")]] == 0.0).all(
        axis=None
    )
    closed = {arm: of["middle"][arm, "recorded_closure"] for arm in zhangzhou.ARMS}
    assert closed[zhangzhou.NONE] < closed[zhangzhou.EVERYBODY] < closed[zhangzhou.JUDGED]
    figures = zhangzhou.found(rows)
    assert figures["possible"] == 1.0
    assert figures["recorded"] > figures["resolved"]
    for lang in ("en", "zh"):
        assert zhangzhou.draw(rows, lang).axes


def test_users_are_those_of_the_scenario() -> None:
    """The file rounds to three decimals what the case divides."""
    platform = next(one for one in load("zhangzhou").policies if one.name == "platform")
    assert zhangzhou.reach() == pytest.approx(platform.coverage, abs=5e-4)
    said = zhangzhou.CLOSED / zhangzhou.REPORTS
    assert said == pytest.approx(0.985, abs=5e-4)
    assert not any(one.name == "platform" for one in zhangzhou.place().policies)


def test_unknowns_are_spread_over_their_ranges() -> None:
    worlds = zhangzhou.worlds()
    for name, (low, high) in zhangzhou.UNKNOWN.items():
        drawn = [world[name] for world in worlds]
        assert low <= min(drawn) <= low + (high - low) / 4
        assert high - (high - low) / 4 <= max(drawn) <= high
