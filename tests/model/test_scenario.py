"""Scenarios: what is shipped runs, what is written reads back, what cannot be fails with a useful line."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.agents.chance import MAX_SEED
from linli.model import network as networks
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.parameters import parameters, table
from linli.model.place import Place
from linli.model.place import table as figures
from linli.model.policies import from_text
from linli.model.population import populate
from linli.model.scenario import Scenario, from_toml, load, to_toml

LANE = load("lane")


def place(**changed):
    return dataclasses.replace(LANE.place, **changed)


# what is shipped ----------------------------------------------------------------------------------------


OF_ONE_COMMUNITY = [name for name in scenarios.names() if load(name).place.communities == 1]
OF_A_CITY = ("communities", "size_spread", "sampled")


@pytest.mark.parametrize("name", scenarios.names())
def test_every_shipped_scenario_loads(name):
    assert load(name).name == name
    assert load(name).title


@pytest.mark.parametrize("name", OF_ONE_COMMUNITY)
def test_every_shipped_community_runs(name):
    scenario = load(name)
    community = Community(name)
    for _ in range(8):
        community.step()
    assert community.day == 8
    assert len(community.residents) == scenario.place.residents
    assert sum(c.firm is not None for c in community.compounds) == scenario.place.managed_compounds
    assert len(community.volunteers()) >= scenario.place.volunteers * 0.9
    assert len(community.members) == scenario.place.managed_members + scenario.place.sunk_members


@pytest.mark.parametrize("name", scenarios.names())
def test_every_figure_of_a_shipped_scenario_has_a_source(name):
    scenario = load(name)
    figures = {f.name for f in dataclasses.fields(Place)}
    used = {
        n
        for n in figures
        if getattr(scenario.place, n) != {f.name: f.default for f in dataclasses.fields(Place)}[n]
    }
    assert used <= set(scenario.sources)
    assert all(source.strip() for source in scenario.sources.values())


def test_every_figure_of_donghu_has_a_source():
    donghu = load("donghu")
    may_be_left_out = {name for name, about in figures().items() if about.default == 0}
    assert set(donghu.sources) == set(figures()) - may_be_left_out - set(OF_A_CITY) | {
        "from_drives",
        "organisations",
        "branches",
        "groups",
        "units",
        "linked_units",
    }
    assert (donghu.place.residents, donghu.place.compounds, donghu.place.workers) == (13_111, 43, 21)
    assert (donghu.place.managed_members, donghu.place.volunteers) == (481, 2213)
    assert (donghu.place.organisations, donghu.place.branches, donghu.place.groups) == (18, 25, 65)
    assert (donghu.place.units, donghu.place.linked_units) == (45, 8)


def test_a_place_has_the_people_and_homes_it_says():
    people = populate(LANE.place, LANE.parameters, 5)
    assert len(people) == LANE.place.residents
    assert len(people.household_start) - 1 == LANE.place.households
    assert len(people.compound_grid) == LANE.place.compounds
    assert len(people.managed) == people.party.sum() == LANE.place.managed_members
    assert people.volunteer.sum() == LANE.place.volunteers
    assert set(people.household.tolist()) == set(range(LANE.place.households)), "no home stands empty"
    assert (people.age[people.household_start[:-1]] != 0).all(), "every household has an adult"


# TOML ---------------------------------------------------------------------------------------------------


@given(
    st.dictionaries(st.sampled_from(sorted(table())), st.floats(0, 1), max_size=8),
    st.integers(1, 1000),
    st.integers(0, 1000),
    st.integers(0, MAX_SEED),
    st.lists(
        st.sampled_from(
            ["match", "relieve:share=0.123", "sink:headcount=40,end=9", "council:ramp=30,start=4"]
        ),
        max_size=3,
    ),
)
def test_a_scenario_written_out_and_read_back_is_the_same(where, days, burn_in, seed, policies):
    values = {}
    for name, at in where.items():
        about = table()[name]
        value = about.low + at * (about.high - about.low)
        values[name] = round(value) if about.whole else min(value, about.high)
    values["posts"] = max(values.get("posts", 12), 12)
    scenario = LANE.but(
        parameters=parameters(values),
        policies=tuple(from_text(text) for text in policies),
        days=days,
        burn_in=burn_in,
        seed=seed,
    )
    assert from_toml(to_toml(scenario)) == scenario


@pytest.mark.parametrize("name", scenarios.names())
def test_shipped_scenarios_survive_a_round_trip(name):
    assert from_toml(to_toml(load(name))) == load(name)


def written(**changed):
    """A minimal scenario file as text."""
    figures = dataclasses.asdict(LANE.place) | changed.pop("place", {})
    lines = [f"{key} = {value}" for key, value in ({"name": '"mine"'} | changed).items()]
    return "\n".join([*lines, "[place]", *(f"{key} = {value}" for key, value in figures.items())])


def test_bare_values_are_allowed_and_have_no_source():
    scenario = from_toml(written())
    assert scenario.place == LANE.place
    assert scenario.sources == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (written(dayz=4), "unknown entry 'dayz'. Did you mean 'days'.*Valid: .*burn_in"),
        (written(place={"resident": 5}), "unknown figure in .place. 'resident'. Did you mean 'residents'"),
        (written(name=4), "needs a name"),
        (written() + "\n[parameters]\nmuu = 3", "unknown parameter 'muu'.*Valid: "),
        (written() + "\n[parameters]\nmu = 3", "parameter mu must be between 0 and 1"),
        (written() + '\n[parameters]\nmu = "x"', "parameter mu must be a number"),
        (written() + '\n[[policies]]\nname = "snk"', "unknown policy 'snk'. Did you mean 'sink'"),
        (written() + "\n[[policies]]\nshare = 1", "a policy needs a name"),
        (written() + '\n[policies]\nname = "match"', r"\[\[policies\]\] tables"),
        (written(parameters=3), r"\[parameters\] must be a table"),
        (written(days=0), "days must be between 1 and"),
        (written(days=1.5), "days must be a whole number"),
        (written(days="true"), "days must be a whole number"),
        (written(seed=-1), "seed must be between 0 and"),
        ('name = "x"', r"needs a \[place\]"),
        ('name = "x"\n[place]\nresidents = 5', "lacks households, "),
        ('name = "x"\n[place]\nresidents = { source = "s" }', "place.residents needs a value"),
        (
            'name = "x"\n[place]\nresidents = { value = 5, sauce = "s" }',
            "unknown entry of place.residents 'sauce'",
        ),
    ],
)
def test_a_wrong_scenario_fails_with_what_would_be_right(text, message):
    with pytest.raises(InputError, match=message):
        from_toml(text)


@pytest.mark.parametrize(
    "text", ["name = ", "= 3", "[place\nresidents = 5", "name = 'x'\nname = 'y'", "\x00"]
)
def test_malformed_toml_names_the_file_and_the_place(tmp_path, text):
    file = tmp_path / "broken.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"broken\.toml: not valid TOML: .*\((at line \d|at end of document)"
    ):
        load(file)


def test_a_file_that_is_no_text_or_not_there(tmp_path):
    file = tmp_path / "bytes.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"bytes.toml is not text in UTF-8"):
        load(file)
    with pytest.raises(InputError, match=r"cannot read scenario .*nowhere.toml"):
        load(tmp_path / "nowhere.toml")


def test_an_unknown_scenario_lists_those_there_are():
    with pytest.raises(
        InputError, match=r"unknown scenario 'dongu'. Did you mean 'donghu'.*Valid: .*donghu, lane"
    ):
        load("dongu")


# what cannot be -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"residents": 1}, "place.residents must be between 2 and"),
        ({"residents": -5}, "place.residents must be between 2 and"),
        ({"residents": 300}, "place.households = 460 is more than the 300 residents"),
        ({"workers": 0}, "place.workers must be between 1 and"),
        ({"grids": 9}, "place.grids = 9 is more than the 4 compounds"),
        (
            {"planned_compounds": 0, "mixed_compounds": 0, "managed_compounds": 0, "firms": 0},
            "grids = 2|at least one compound",
        ),
        ({"managed_members": 500}, "place.managed_members = 500 is more than the 460 households"),
        ({"serving_members": 40}, "place.serving_members = 40 is more than the 33 managed_members"),
        ({"volunteers": 461}, "place.volunteers = 461 is more than the 460 households"),
        ({"firms": 3}, "place.firms = 3 is more than the 2 managed_compounds"),
        ({"firms": 0}, "compounds under management need place.firms"),
        ({"managed_compounds": 5}, "place.managed_compounds = 5 is more than the 4 compounds"),
        ({"owners": 1.5}, "place.owners must be between 0 and 1"),
        ({"planned_weight": 0}, "place.planned_weight must be between"),
        ({"residents": 900.5}, "place.residents must be a whole number"),
        ({"households_per_building": 0}, "place.households_per_building must be between 1"),
        ({"communities": 0}, "place.communities must be between 1"),
        ({"communities": 3}, "place.grids: 3 communities need at least 1 each"),
        ({"communities": 300}, "place.residents|place.households|at least"),
        ({"sampled": 2}, "place.sampled = 2 is more than the 1 communities"),
        ({"size_spread": 3}, "place.size_spread must be between 0 and 2"),
    ],
)
def test_an_impossible_place_fails(figures, message):
    with pytest.raises(InputError, match=message):
        place(**figures)


def test_members_who_serve_for_good_need_posts():
    with pytest.raises(
        InputError, match=r"serving_members = 4: more members than the 0 posts.*raise the parameter posts"
    ):
        LANE.but(parameters={"posts": 0})


def no_ties(residents):
    return networks.Network(np.zeros(residents + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))


def test_a_network_of_one_person():
    with pytest.raises(InputError, match=r"the network has 1 residents and the place 900"):
        Community(LANE, network=no_ties(1))


def test_a_network_without_ties():
    with pytest.raises(InputError, match=r"the network is empty"):
        Community(LANE, network=no_ties(900))


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ([(0, 0)], "self-loop at resident 0"),
        ([(0, 900)], "a resident who does not exist"),
        ([(0, -1)], "a resident who does not exist"),
        ([(0, 1)], "not mutual"),
        ([(0, 1), (0, 1), (1, 0), (1, 0)], "a repeated tie"),
    ],
)
def test_a_network_that_is_none(ties, message):
    source, other = np.array(sorted(ties)).T
    start = np.searchsorted(source, np.arange(901)).astype(np.int64)
    with pytest.raises(InputError, match=message):
        Community(LANE, network=networks.Network(start, other.astype(np.int32)))


@pytest.mark.parametrize("residents", [2, 3])
def test_the_smallest_places_run(residents):
    tiny = Place(
        residents=residents,
        households=2,
        planned_compounds=0,
        mixed_compounds=1,
        grids=1,
        workers=1,
        managed_members=0,
        serving_members=0,
        sunk_members=0,
        volunteers=0,
        firms=0,
        managed_compounds=0,
    )
    community = Community(
        Scenario(name="tiny", place=tiny, days=20, parameters=parameters(arrivals=10))
    ).run()
    assert len(community.records) == 20


@pytest.mark.parametrize(
    ("field", "value"), [("days", 0), ("days", 40_000), ("burn_in", -1), ("seed", -1), ("seed", 2**63)]
)
def test_days_and_seeds_have_their_limits(field, value):
    with pytest.raises(InputError, match=f"{field} must be between"):
        LANE.but(**{field: value})


def test_but_changes_what_it_is_told_and_nothing_else():
    changed = LANE.but(parameters={"mu": 0.9}, days=3)
    assert changed.parameters == dataclasses.replace(LANE.parameters, mu=0.9)
    assert changed.parameters.n_bar == LANE.parameters.n_bar != parameters().n_bar
    assert changed.but(parameters=LANE.parameters, days=LANE.days) == LANE
