"""Studies: what their files say, what is refused, and which points the designs visit."""

import itertools
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from linli.experiments import study as studies
from linli.experiments.runner.plan import Plan
from linli.experiments.store.manifest import difference, manifest_of
from linli.experiments.study import from_toml, load, names
from linli.experiments.study.design import Design
from linli.experiments.study.factors import Factor, factor, value_of
from linli.experiments.study.seeds import Seeds
from linli.model.errors import InputError
from linli.model.parameters import table
from linli.model.policies import POLICIES

HEAD = 'name = "s"\nscenario = "lane"\n'


# files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_studies_that_come_with_linli_can_be_planned(name):
    study = load(name)
    plan = Plan(study)
    assert study.name == name
    assert study.title
    assert study.title_zh
    assert len(plan.points) * len(plan.arms) > 1


def test_a_study_says_what_it_varies():
    study = from_toml(
        HEAD
        + """
        days = 20
        burn_in = 10
        parameters = { rho = 0.2 }
        seeds = { first = 5, until = { measure = "trust", half_width = 0.1, at_least = 4, at_most = 9 } }
        keep = { daily = ["trust"], compounds = true }
        [factors]
        mu = { low = 0, high = 1, levels = 3 }
        "match.method" = ["random", "skill"]
        [[arms]]
        name = "a"
        policies = [{ name = "match", share = 0.3 }, "council:power=0.5"]
        """
    )
    assert (study.scenario.days, study.scenario.burn_in, study.scenario.parameters.rho) == (20, 10, 0.2)
    assert (study.seeds.first, study.seeds.least, study.seeds.most) == (5, 4, 9)
    assert study.keep.daily == ("trust",)
    assert study.keep.compounds
    assert [f.name for f in study.factors] == ["mu", "match_method"]
    points = study.design.points(study.factors)
    assert points == list(itertools.product((0.0, 0.5, 1.0), ("random", "skill")))
    tables = study.arms[0].at(dict(zip(study.factors, points[-1], strict=True)))
    assert tables == ({"name": "match", "share": 0.3, "method": "skill"}, {"name": "council", "power": "0.5"})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", 'needs a scenario = "..."'),
        ('scenario = "lame"', "Did you mean 'lane'"),
        ('scenario = "lane"\nfactor = 1', "unknown entry 'factor'"),
        ('scenario = "lane"\nfactors = 3', "[factors] must be a table"),
        ('scenario = "lane"\nfactors = { rh = [0] }', "Did you mean 'rho'"),
        ('scenario = "lane"\nfactors = { mu = [] }', "the list has no values"),
        ('scenario = "lane"\nfactors = { mu = [0, 0.0] }', "listed twice"),
        ('scenario = "lane"\nfactors = { mu = [2] }', "parameter mu must be between 0 and 1"),
        ('scenario = "lane"\nfactors = { mu = 2 }', "give a list of values"),
        ('scenario = "lane"\nfactors = { mu = { low = 0 } }', "needs low and high"),
        ('scenario = "lane"\nfactors = { mu = { low = 1, high = 0 } }', "must be less than high"),
        ('scenario = "lane"\nfactors = { mu = { low = 0, high = 1 } }', "levels = 2 or more"),
        ('scenario = "lane"\nfactors = { "sink.heads" = [1] }', "option of policy sink 'heads'"),
        ('scenario = "lane"\nfactors = { "sunk.hours" = [1] }', "Did you mean 'sink'"),
        ('scenario = "lane"\nfactors = { "sink.hours" = [1] }', "no arm has the policy sink"),
        ('scenario = "lane"\nfactors = { W = [1.5] }', "whole number"),
        ('scenario = "lane"\nfactors = { mu = [0] }\nparameters = { mu = 0 }', "both a factor and fixed"),
        ('scenario = "lane"\ndesign = { kind = "grid" }', "unknown design 'grid'"),
        ('scenario = "lane"\ndesign = { kind = "sobol", n = 12 }\nfactors = { mu = [0] }', "power of 2"),
        ('scenario = "lane"\ndesign = { n = 12 }', "no meaning for a full design"),
        ('scenario = "lane"\ndesign = { kind = "morris", n = 4, seed = 0 }', "design.seed must be"),
        ('scenario = "lane"\npoints = [{ mu = 0 }, { W = 3 }]', "point 2 must give a value to mu"),
        ('scenario = "lane"\npoints = [{ mu = 0 }, { mu = 0.0 }]', "point 2 is the same as point 1"),
        ('scenario = "lane"\npoints = [{ mu = [0] }]', "parameter mu must be a number"),
        ('scenario = "lane"\narms = [{ policies = [] }]', "needs a name"),
        ('scenario = "lane"\narms = [{ name = "baseline" }]', 'other than "baseline"'),
        ('scenario = "lane"\narms = [{ name = "a" }, { name = "a" }]', "two arms of the name a"),
        ('scenario = "lane"\narms = [{ name = "a", policies = ["snk"] }]', "Did you mean 'sink'"),
        ('scenario = "lane"\narms = [{ name = "a", policies = ["sink"] }]', "either headcount or per1000"),
        ('scenario = "lane"\narms = [{ name = "a", policies = ["ask:strategy"] }]', "write option=value"),
        ('scenario = "lane"\narms = [{ name = "a", policies = ["match:share=1,share=1"] }]', "option once"),
        ('scenario = "lane"\nseeds = 0', "seeds must be between 1"),
        ('scenario = "lane"\nseeds = { first = 1 }', "either a count, or until"),
        ('scenario = "lane"\nseeds = { until = { measure = "x", half_width = 1 } }', "unknown measure"),
        ('scenario = "lane"\nseeds = { until = { measure = "trust" } }', "needs half_width"),
        ('scenario = "lane"\nseeds = { until = { measure = "trust", half_width = 0 } }', "half_width must"),
        ('scenario = "lane"\nseeds = { until = { measure = "trust", half_width = 1 } }', "add [[arms]]"),
        ('scenario = "lane"\nseeds = { first = 9223372036854775807, count = 2 }', "too large"),
        ('scenario = "lane"\nkeep = { daily = ["trst"] }', "Did you mean 'trust'"),
        ('scenario = "lane"\nengine = "fast"', "unknown engine"),
        ('scenario = "lane"\ndays = 0', "days must be"),
        ('scenario = "lane"\nname = ', "not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_study_is_said_before_anything_runs(text, complaint, tmp_path):
    file = tmp_path / "s.toml"
    file.write_text('name = "s"\n' + text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        Plan(load(file))
    assert complaint in str(raised.value)
    assert "\n" not in str(raised.value)


def test_values_have_names() -> None:
    text = """
        name = "named"
        scenario = "lane"
        factors = { "sink.headcount" = [0, 34] }
        [[arms]]
        name = "sink"
        policies = ["sink"]
        [named."sink.headcount"]
        "34" = ["as it is", "现状"]
    """
    study = from_toml(text)
    assert study.named == {"sink_headcount": {34.0: ("as it is", "现状")}}
    manifest = manifest_of(study, [])
    assert manifest["study"]["named"] == {"sink_headcount": {"34": ["as it is", "现状"]}}
    assert manifest["identity"] == manifest_of(from_toml(text.replace("as it is", "as ever")), [])["identity"]
    for wrong, said in (
        ('"35" = ["a", "b"]', "unknown value in"),
        ('"34" = "a"', "must be two texts"),
        ('"34" = ["a"]', "must be two texts"),
    ):
        with pytest.raises(InputError, match=said):
            from_toml(text.replace('"34" = ["as it is", "现状"]', wrong))
    with pytest.raises(InputError, match="unknown factor in"):
        from_toml(text.replace('[named."sink.headcount"]', "[named.mu]"))


@pytest.mark.parametrize("name", ["", "a/b", "../x", ".hidden"])
def test_a_name_is_also_that_of_a_folder(name):
    with pytest.raises(InputError, match="needs a name"):
        from_toml(f'name = "{name}"\nscenario = "lane"')


def test_unknown_studies_and_files_are_named(tmp_path):
    with pytest.raises(InputError, match="Did you mean 'sinking'"):
        load("sinkin")
    with pytest.raises(InputError, match="cannot read study"):
        load(tmp_path / "no.toml")
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not text in UTF-8"):
        load(binary)


def test_scenario_paths_begin_at_the_study(write):
    assert load(write()).scenario.name == "hamlet"


# factors -------------------------------------------------------------------------------------------------


def test_every_parameter_and_every_option_can_be_a_factor():
    keys = [*table(), *(f"{p}.{f.name}" for p, policy in POLICIES.items() for f in fields(policy))]
    names = [Factor(key).as_data() for key in keys]
    columns = [about["name"].casefold() for about in names]
    assert len(set(columns)) == len(columns)  # SQL does not tell j from J
    assert all(about["en"] and about["zh"] and about["unit"] for about in names)


@given(st.floats(0, 1), st.sampled_from(["W", "mu", "sink.headcount", "c_call", "A_known"]))
def test_sampled_values_are_valid_wherever_the_sample_lies(u, key):
    about = table().get(key)
    low, high = (about.low, about.high) if about else (3, 17)
    f = factor(key, {"low": low, "high": high})
    value = f.at(u)
    assert low <= value <= high
    assert value_of(key, value) == value
    assert isinstance(value, int) == (f.kind == "whole")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6, unique=True))
def test_listed_values_get_equal_parts_of_a_sample(values):
    f = factor("mu", values)
    drawn = [f.at((i + 0.5) / (4 * len(values))) for i in range(4 * len(values))]
    assert drawn == [value for value in f.values for _ in range(4)]
    assert f.at(1.0) == f.values[-1]


def test_whole_numbers_of_a_range_are_equally_likely():
    f = factor("W", {"low": 3, "high": 6})
    drawn = [f.at(u) for u in np.arange(0.5, 1000) / 1000]
    assert {value: drawn.count(value) for value in set(drawn)} == dict.fromkeys((3, 4, 5, 6), 250)


# designs -------------------------------------------------------------------------------------------------


def two() -> tuple[Factor, ...]:
    return factor("mu", {"low": 0, "high": 1}), factor("rho", {"low": 0.2, "high": 0.6})


def test_latin_hypercube_has_one_point_in_every_row_and_column():
    points = np.array(Design("latin_hypercube", n=20, seed=3).points(two()))
    for column, low, width in ((points[:, 0], 0, 1), (points[:, 1], 0.2, 0.4)):
        assert sorted(((column - low) / width * 20).astype(int).tolist()) == list(range(20))


def test_sobol_samples_are_saltellis():
    u = Design("sobol", n=8, seed=3).unit_samples(2)
    assert u.shape == (8 * 4, 2)
    for a, with_first, with_second, b in u.reshape(8, 4, 2):
        assert with_first.tolist() == [b[0], a[1]]
        assert with_second.tolist() == [a[0], b[1]]
    assert qmc.discrepancy(u[::4]) < 0.05


def test_morris_moves_one_factor_at_a_time():
    u = Design("morris", n=5, seed=3).unit_samples(3).reshape(5, 4, 3)
    assert ((np.diff(u, axis=1) != 0).sum(axis=2) == 1).all()


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol", "morris"])
def test_designs_repeat_and_their_seed_matters(kind):
    points = [Design(kind, n=8, seed=seed).points(two()) for seed in (1, 1, 2)]
    assert points[0] == points[1] != points[2]


def test_too_many_points_are_refused():
    grid = tuple(factor(key, {"low": 0, "high": 1, "levels": 200}) for key in ("mu", "rho"))
    assert len(Design().points(grid)) == 40_000
    with pytest.raises(InputError, match="8,000,000 points"):
        Design().points((*grid, factor("mu_m", {"low": 0, "high": 1, "levels": 200})))


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr("importlib.import_module", _missing)
    with pytest.raises(InputError, match="needs SALib: install linli with its extra 'study'"):
        Design("sobol", n=8).points(two())


def _missing(name: str) -> None:
    raise ModuleNotFoundError(name)


# plans ---------------------------------------------------------------------------------------------------


def test_points_that_differ_in_policies_only_share_people_and_baseline(write):
    plan = Plan(load(write()))
    assert len(plan.points) == 4
    assert [group.parameters for group in plan.groups] == [{"mu": 0.0}, {"mu": 0.4}]
    places = [len(variant.places) for variant in plan.variants(0)]
    assert places == [2, 1, 1, 1, 1]  # the baseline, and two arms at two head-counts


def test_a_run_is_known_by_everything_it_depends_on(write):
    plan = Plan(load(write()))
    other = Plan(load(write().with_name("study.toml")))
    runs = [
        p.run_id(group, seed, variant)
        for p in (plan, other)
        for group in p.groups
        for seed in (1, 2)
        for variant in p.variants(group.number)
    ]
    assert len(set(runs)) == len(runs) // 2 == 20
    longer = Plan(load(write(studies_text(days=13))))
    assert not {longer.run_id(longer.groups[0], 1, v) for v in longer.variants(0)} & set(runs)


def studies_text(**changes: object) -> str:
    lines = [f"{name} = {value}" for name, value in changes.items()]
    return "\n".join([*lines, 'name = "hamlet-study"\nscenario = "hamlet.toml"\nfactors = { mu = [0, 0.4] }'])


def test_a_manifest_tells_which_runs_are_the_same(write):
    def manifest(text: str) -> dict:
        study = load(write(text))
        return manifest_of(study, study.design.points(study.factors))

    first = manifest(studies_text())
    assert difference(first, manifest("# a remark\n" + studies_text())) is None
    assert "days differ" in difference(first, manifest(studies_text(days=13)))
    assert "seeds" in difference(first, manifest(studies_text(seeds=3)))
    assert "other code" in difference({**first, "identity": "", "code": "0" * 16}, first)
    versions = {**first["versions"], "numpy": "1.0"}
    assert "another version of numpy" in difference({**first, "identity": "", "versions": versions}, first)


@given(st.integers(1, 50), st.integers(2, 40), st.integers(0, 60))
def test_seeds_grow_until_there_are_no_more(first, least, further):
    until = {"measure": "trust", "half_width": 0.1, "at_least": least, "at_most": least + further}
    seeds = Seeds.read({"first": first, "until": until})
    reached = [seeds.least]
    while reached[-1] < seeds.most:
        reached.append(seeds.more(reached[-1]))
    assert reached == sorted(set(reached))
    assert reached[-1] == least + further


def test_studies_folder_is_packed():
    assert studies.FOLDER.is_dir()
    assert studies.FOLDER.parent.name == "experiments"
