"""The maps without a browser: where everything stands, which colours it has, and what the words say."""

import re
import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import KDTree

import linli
from linli.agents.traits import OWNER
from linli.model.city import City
from linli.model.population import Population, populate
from linli.viz.canvas import CityPlan, TownPlan, categories, measure, plan_city, plan_town
from linli.viz.canvas.palette import DARK, LIGHT
from linli.viz.canvas.words import WORDS

CANVAS = Path(linli.__file__).resolve().parent / "viz" / "canvas"


def people_of(compounds: list[list[int]]) -> Population:
    """A population from the residents of each building of each compound."""
    sizes = np.array([size for buildings in compounds for size in buildings])
    building_compound = np.repeat(np.arange(len(compounds)), [len(b) for b in compounds]).astype(np.int32)
    building = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    n, k = len(building), len(compounds)
    return Population(
        community=0,
        compound=building_compound[building],
        building=building,
        household=np.arange(n, dtype=np.int32),
        age=np.full(n, 2, dtype=np.int8),
        tenure=np.full(n, OWNER, dtype=np.int8),
        party=np.zeros(n, dtype=bool),
        free_minutes=np.zeros(n, dtype=np.int16),
        skill=np.zeros(n, dtype=np.int8),
        theta=np.zeros(n),
        volunteer=np.zeros(n, dtype=bool),
        last_acted=np.zeros(n, dtype=np.int32),
        compound_grid=np.zeros(k, dtype=np.int32),
        compound_firm=np.full(k, -1, dtype=np.int32),
        compound_rank=np.zeros(k),
        building_compound=building_compound,
        head=np.zeros(len(sizes), dtype=np.int32),
        managed=np.zeros(0, dtype=np.int32),
    )


def inside(inner: NDArray[np.float64], outer: NDArray[np.float64]) -> bool:
    """Whether boxes (x, y, width, height) lie in others, row by row."""
    near, far = inner[:, :2], inner[:, :2] + inner[:, 2:]
    return bool((near >= outer[:, :2] - 1e-6).all() and (far <= outer[:, :2] + outer[:, 2:] + 1e-6).all())


def overlap(boxes: NDArray[np.float64]) -> bool:
    """Whether any two boxes of a set share ground."""
    near, far = boxes[:, :2] + 1e-6, boxes[:, :2] + boxes[:, 2:] - 1e-6
    shared = (near[:, None] < far[None]).all(axis=2) & (near[None] < far[:, None]).all(axis=2)
    return bool(np.triu(shared, 1).any())


def points(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points as boxes without size."""
    return np.column_stack([xy, np.zeros_like(xy)])


def check(plan: TownPlan) -> None:
    """What every plan of a town keeps to."""
    people = plan.people
    whole = np.array([[0.0, 0.0, *plan.size]])
    plots = np.vstack([plan.plots, plan.office])
    assert inside(plots, np.repeat(whole, len(plots), axis=0))
    assert not overlap(plots)
    assert inside(plan.buildings, plan.plots[people.building_compound])
    for compound in range(len(plan.plots)):
        assert not overlap(plan.buildings[people.building_compound == compound])
    assert inside(points(plan.residents), plan.buildings[people.building])
    assert KDTree(plan.residents).query(plan.residents, k=2)[0][:, 1].min() > 1 - 1e-6
    each = len(plan.posts) // len(plan.plots)
    assert inside(points(plan.posts), np.repeat(plan.plots, each, axis=0))
    corners = plan.posts[:, None] - plan.buildings[None, :, :2]
    assert not ((corners > 0) & (corners < plan.buildings[None, :, 2:])).all(axis=2).any()
    away = plan.homes < 0
    assert np.isnan(plan.pool[~away]).all()
    office = np.repeat(plan.office[None], away.sum() + len(plan.workers), axis=0)
    assert inside(points(np.vstack([plan.pool[away], plan.workers])), office)


@pytest.mark.parametrize("name", ["lane", "donghu"])
def test_a_community_has_everybody_in_place(name: str) -> None:
    city = City(name, rng=1)
    place, p = city.place, city.parameters
    people = populate(place, p, city.seed, 0)
    homes = city.columns("member")["home"]
    plan = plan_town(
        people, homes, workers=place.workers, posts=p.posts, planned=place.planned_compounds, aspect=1.3
    )
    check(plan)
    assert len(plan.residents) == place.residents
    assert len(plan.workers) == place.workers
    assert len(plan.posts) == p.posts * place.compounds
    assert 0.6 < plan.size[0] / plan.size[1] / 1.3 < 1.6
    # readable at all: residents have a fair part of the ground
    assert len(people) / np.prod(plan.size) > 0.12


@given(
    compounds=st.lists(
        st.lists(st.integers(1, 90) | st.just(700), min_size=1, max_size=7), min_size=1, max_size=9
    ),
    planned=st.integers(0, 9),
    posts=st.sampled_from([0, 1, 12, 60]),
    away=st.integers(0, 40),
    aspect=st.sampled_from([0.6, 1.3, 2.5]),
)
def test_any_community_has_everybody_in_place(
    compounds: list[list[int]], planned: int, posts: int, away: int, aspect: float
) -> None:
    homes = np.array([0] + [-1] * away, dtype=np.int32)
    people = people_of(compounds)

    def town() -> TownPlan:
        inside = min(planned, len(compounds))
        return plan_town(people, homes, workers=away // 3, posts=posts, planned=inside, aspect=aspect)

    plan, again = town(), town()
    check(plan)
    for name in ("residents", "buildings", "plots", "posts", "office", "workers", "pool"):
        np.testing.assert_array_equal(getattr(plan, name), getattr(again, name))


def test_everybody_has_the_same_room() -> None:
    """A large compound looks large: its buildings take as much a resident, and its plot takes more."""
    people = people_of([[46] * 4] * 6 + [[46] * 16] * 3)
    plan = plan_town(people, np.zeros(0, dtype=np.int32), posts=12)
    assert len(np.unique(plan.buildings[:, 2] * plan.buildings[:, 3])) == 1
    ground = plan.plots[:, 2] * plan.plots[:, 3]
    assert ground[6:].min() > 1.5 * ground[:6].max()


# the city -------------------------------------------------------------------------------------------------


def gaps(plan: CityPlan) -> NDArray[np.float64]:
    """Free ground between circles near to each other."""
    at = np.column_stack([plan.x, plan.y])
    pairs = KDTree(at).query_pairs(2.2 * plan.radius.max(), output_type="ndarray")
    apart = np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T)
    return apart - plan.radius[pairs].sum(axis=1)


@given(residents=st.lists(st.integers(2, 60_000), min_size=1, max_size=120))
def test_circles_do_not_overlap_and_show_residents(residents: list[int]) -> None:
    plan, again = plan_city(residents), plan_city(residents)
    assert (gaps(plan) > 0.0).all()
    np.testing.assert_allclose(plan.radius**2 / plan.radius[0] ** 2, np.array(residents) / residents[0])
    for at, size in ((plan.x, plan.size[0]), (plan.y, plan.size[1])):
        assert (at - plan.radius).min() > 0.0
        assert (at + plan.radius).max() < size
    np.testing.assert_array_equal(plan.x, again.x)


def test_a_whole_city_is_packed_closely() -> None:
    residents = np.rint(np.exp(8.2 + 0.5 * np.random.default_rng(1).standard_normal(4351)))
    plan = plan_city(residents)
    assert (gaps(plan) > 0.0).all()
    # a disc of circles: at most pi/4 of the square around it times the densest packing (.907)
    assert np.pi * (plan.radius**2).sum() / np.prod(plan.size) > 0.5


@pytest.mark.parametrize("residents", [[], [5, 0], [-3]])
def test_a_city_without_people_is_refused(residents: list[int]) -> None:
    with pytest.raises(ValueError, match="communities with residents"):
        plan_city(residents)


# colours --------------------------------------------------------------------------------------------------

# Machado, Oliveira & Fernandes (2009), severity 1: how dichromats see linear red, green and blue
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopes": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopes": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(rgb: NDArray[np.uint8], eyes: str) -> NDArray[np.float64]:
    """CIE L*a*b* of sRGB colours as somebody sees them. Shape: colours, 3."""
    u = rgb / 255.0
    linear = np.where(u <= 0.04045, u / 12.92, ((u + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(SEEN_BY[eyes]).T, 0.0, 1.0)
    t = seen @ TO_XYZ.T / [0.9505, 1.0, 1.089]
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.column_stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])])


def colours(table: bytes, count: int) -> NDArray[np.uint8]:
    """The first colours of a scale."""
    return np.frombuffer(table, dtype=np.uint8).reshape(256, 3)[:count]


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("page", ["light", "dark"])
def test_categories_are_told_apart(page: str, ordered: bool, eyes: str) -> None:
    scale = categories("state", ["no", "a", "b", "c", "d"], ordered=ordered)
    seen = lab(colours(getattr(scale, page), 5), eyes)
    apart = np.linalg.norm(seen[:, None] - seen[None], axis=2) + 1e3 * np.eye(5)
    assert apart.min() > 14.0


@pytest.mark.parametrize("page", ["light", "dark"])
def test_ordered_categories_are_told_apart_in_grey(page: str) -> None:
    """By lightness alone, which goes one way from the first to the last."""
    scale = categories("lately", ["no", "a", "b", "c", "d"], ordered=True)
    steps = np.diff(lab(colours(getattr(scale, page), 5), "everybody")[:, 0])
    assert abs(np.sign(steps).sum()) == len(steps)
    assert np.abs(steps).min() > 11.0


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize(("page", "sign"), [("light", -1), ("dark", 1)])
def test_more_of_a_measure_is_further_from_the_background(page: str, sign: int, eyes: str) -> None:
    lightness = lab(colours(getattr(measure("trust", 0, 1), page), 256), eyes)[:, 0]
    # monotone but for the rounding of neighbouring colours
    assert (sign * np.diff(lightness[::8]) > 0).all()
    assert abs(lightness[-1] - lightness[0]) > 55


@pytest.mark.parametrize("page", ["light", "dark"])
def test_both_sides_of_a_difference_are_told_apart(page: str) -> None:
    scale = measure("difference", -1, 1, two_sided=True)
    for eyes in SEEN_BY:
        low, middle, high = lab(colours(getattr(scale, page), 256)[[0, 128, 255]], eyes)
        assert (
            min(np.linalg.norm(low - high), np.linalg.norm(low - middle), np.linalg.norm(high - middle)) > 30
        )


def test_as_many_categories_as_colours() -> None:
    most = len(LIGHT) + 1
    assert len(LIGHT) == len(DARK)
    assert len(set(map(tuple, colours(categories("s", ["x"] * most).light, most)))) == most
    for count in (0, most + 1):
        with pytest.raises(ValueError, match="categories"):
            categories("s", ["x"] * count)


def test_values_become_bytes() -> None:
    scale = measure("share", 10.0, 20.0, "%")
    np.testing.assert_array_equal(scale.codes([10, 15, 20, -5, 99, np.nan]), [0, 128, 255, 0, 255, 0])
    np.testing.assert_array_equal(measure("flat", 3.0, 3.0).codes([3.0]), [0])


# words ----------------------------------------------------------------------------------------------------


def fields(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for key, text in WORDS["en"].items():
        assert fields(text) == fields(WORDS["zh"][key]), key
        assert text.count("|") == WORDS["zh"][key].count("|"), key
        assert not re.search("[\u4e00-\u9fff]", text)


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in CANVAS.glob("*.js"))
    used = set(re.findall(r"words\.(\w+)", source)) | set(re.findall(r"(\w+): \"(?:\+|\\u)", source))
    assert used == WORDS["en"].keys()


def test_nothing_comes_from_elsewhere() -> None:
    """Offline: the maps fetch nothing and import nothing."""
    for file in [*CANVAS.glob("*.js"), *CANVAS.glob("*.css")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://|\bimport\b|\bfetch\(|url\(|@import|\beval\(", text), file.name
