"""Charts and what is taken home of them."""

import io
import json
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.experiments.statistics.paired import paired
from linli.model.measures import MEASURES
from linli.viz import charts
from linli.viz.charts import DARK, LIGHT, Line, Picture, band_of
from linli.viz.charts.downloads import made
from linli.viz.charts.groups import forest, sides, thumbnails
from linli.viz.panels.difference import both, difference, growing, pictures
from linli.viz.panels.measures import of_one, taken_home
from linli.viz.state import Page
from linli.viz.state.settings import Settings
from linli.viz.words.numbers import change_text, value_text
from linli.viz.worlds import Pair
from linli.viz.worlds.repeats import nothing_yet
from linli.viz.worlds.stage import Shown

NUMBERS = some.none() | some.floats(-1e6, 1e6) | some.just(float("nan"))


@pytest.fixture(scope="module")
def shown():
    pair = Pair.build(Settings.of("lane", days=45).with_policy("match"))
    return Shown(pair, 45, *pair.frames(45))


def picture(values, days=60):
    line = Line("a", range(len(values)), values, "#000000")
    effects = [paired([1.0, 2.0, 3.0], [1.0 + v, 2.5, 3.0]) for v in range(len(values))]
    return Picture("title", "%", days, (line,), band_of("b", range(len(values)), effects, 100.0), day=3)


@given(some.lists(NUMBERS, max_size=20))
def test_options_are_plain_data_whatever_the_numbers(values):
    for look in (LIGHT, DARK):
        option = json.loads(json.dumps(charts.curves(picture(values), look), allow_nan=False))
        axis = option["yAxis"]
        known = [v for v in values if v is not None and v == v]
        if known:
            assert axis["min"] <= min(known)
            assert axis["max"] >= max(known)
            assert axis["min"] < axis["max"]


@given(some.lists(some.tuples(some.text(max_size=5), NUMBERS), min_size=1, max_size=8))
def test_other_charts_are_plain_data_too(rows):
    names, values = [name for name, _ in rows], [v if v is not None and v == v else 0.0 for _, v in rows]
    made = [
        charts.bars(names, [("arm", values, "#000000")], LIGHT),
        charts.ranking(names, values, values, values, DARK),
        charts.response(names, [("arm", values, values, values)], LIGHT, x_name="dose"),
        sides(names, values, values, ("more", "less"), LIGHT),
        forest(names, values, values, values, DARK, x_name="x"),
        thumbnails(range(3), [[v, v, v] for v in values], LIGHT, 7),
        charts.heat(names, names, [(0, i, v) for i, v in enumerate(values)], DARK, x_name="x", y_name="y"),
    ]
    for option in made:
        json.dumps(option, allow_nan=False)


def test_the_charts_show_the_worlds_up_to_the_day_shown(shown):
    page = Page(settings=shown.settings)
    days = growing(shown)
    assert (days[0], days[-1]) == (0, 45)
    arms = both(page, shown, dark=False)
    before, after = shown.pair.curves("engaged_share", days)
    assert list(arms.lines[0].values) == [100 * v for v in before]
    assert list(arms.lines[1].values) == [100 * v for v in after]
    change = difference(page, shown, nothing_yet(shown.settings), dark=False)
    assert change.band is None
    assert change.lines[-1].values == [100 * (b - a) for a, b in zip(before, after, strict=True)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_downloads_hold_the_numbers_and_the_picture(shown, lang):
    page = Page(settings=shown.settings, lang=lang)
    title, shown_pictures, made_of = pictures(page, shown, None)
    assert "linli compare lane --policy" in made_of[1]
    assert len(shown_pictures) == 2
    made_up = picture([0.1, None, 0.3])
    table = pd.read_csv(io.BytesIO(made(lambda lang: (title, shown_pictures, made_of), "csv", lang)))
    assert tuple(table["made of"].dropna()) == made_of
    assert made_of[2].startswith("linli viz, then /?place=lane&seed=1&days=45&p=match")
    entry = made(lambda lang: (title, shown_pictures, made_of), "bib", lang).decode()
    assert entry.startswith("@software{linli,")
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")
    assert made_of[1] in entry.replace("\\", "")
    assert list(table.columns) == ["picture", "line", "day", "value", "unit", "made of"]
    first = table[table["line"] == shown_pictures[0].lines[0].name]
    assert first["value"].tolist() == pytest.approx(list(shown_pictures[0].lines[0].values))
    for more in (shown_pictures, [*shown_pictures, made_up]):
        assert made(lambda _, more=more: (title, more, ()), "png", lang).startswith(b"\x89PNG")
        svg = ET.fromstring(made(lambda _, more=more: (title, more, ()), "svg", lang))
        assert svg.tag.endswith("svg")
        assert len(list(svg.iter())) > 100


def test_all_measures_are_taken_home_with_what_they_were_made_of(shown):
    effects, lines = of_one(shown), ("linli", "linli compare lane --policy match")
    table = pd.read_csv(io.BytesIO(taken_home(effects, lines, "csv", "zh")))
    assert table["measure"].tolist() == list(MEASURES)
    assert tuple(table["made of"].dropna()) == lines
    told = table.set_index("measure").loc["engaged_share"]
    assert told["difference"] == pytest.approx(effects["engaged_share"].difference)
    assert taken_home(effects, lines, "bib", "en").startswith(b"@software")


def test_shares_are_written_in_per_cent_and_their_differences_in_points():
    assert value_text(0.0978, "share of adults", "en") == "9.8 %"
    assert change_text(-0.0123, "share of adults", "en") == "−1.2 points"
    assert change_text(0.0123, "share of adults", "zh") == "+1.2 百分点"
    assert value_text(None, "members", "en") == "–"
    assert value_text(float("nan"), "share", "en") == "–"
    assert value_text(458.0, "members", "en") == "458"
