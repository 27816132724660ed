"""The emergency of 2020 as a case: two worlds of three communities stand for all of them."""

from linli.experiments.reproduce.cases import emergency


def test_a_small_emergency(monkeypatch) -> None:
    """After two months of building: arms differ, and draw as they should."""
    small = {"WORLDS": 2, "COMMUNITIES": 3, "BUILDING": 60, "AFTERWARDS": 31}
    for name, value in small.items():
        monkeypatch.setattr(emergency, name, value)
    rows = emergency.table()
    of = rows.set_index("outcome")
    assert rows["possible"].all()
    assert (of["built up, low"] <= of["built up"]).all()
    assert (of["built up"] <= of["built up, high"]).all()
    assert of.loc["turned out", "difference"] != 0.0
    assert emergency.found(rows)["possible"] == 1.0
    for lang in ("en", "zh"):
        assert emergency.draw(rows, lang).axes


def test_unknowns_are_spread_over_their_ranges() -> None:
    worlds = emergency.worlds()
    for name, (low, high) in emergency.UNKNOWN.items():
        drawn = [world[name] for world in worlds]
        assert low <= min(drawn) <= low + (high - low) / 4
        assert high - (high - low) / 4 <= max(drawn) <= high
