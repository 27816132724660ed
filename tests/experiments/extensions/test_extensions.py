"""What somebody brings works as what is there, is named in provenance, and runs only if its user names it."""

import json
import math
import pickle
import shutil
from pathlib import Path

import pytest

import linli
from linli.experiments.store import Store
from linli.model import extensions
from linli.model.measures import MEASURES
from linli.model.policies import POLICIES
from linli.model.stopping import STOPS

FILE = Path(__file__).with_name("canteen.py")
SHORT = {"days": 12, "burn_in": 6}
STUDY = """
name = "own"
scenario = "lane"
days = 12
burn_in = 6
seeds = 2
[factors]
"canteen.share" = [0, 0.5]
[[arms]]
name = "eats"
policies = ["canteen:price=3"]
"""


@pytest.fixture(autouse=True)
def forgotten():
    """Every test begins and ends with what comes with linli."""
    extensions.forget()
    there = set(POLICIES), set(MEASURES), set(STOPS)
    yield
    extensions.forget()
    assert (set(POLICIES), set(MEASURES), set(STOPS)) == there


def test_a_policy_of_ones_own_moves_levers_and_has_its_price():
    one = linli.extend(FILE)
    assert (one.policies, one.measures, one.stops) == (("canteen",), ("meals", "days_lived"), ("a_week",))
    own = linli.simulate("lane", policies="canteen:share=0.4,price=3", **SHORT)
    relieved = linli.simulate("lane", policies="relieve:share=0.4", **SHORT)
    costs = {"cost_hours", "cost_yuan"}
    assert {n: str(v) for n, v in own.items() if n not in costs} == {
        n: str(v) for n, v in relieved.items() if n not in costs
    }
    residents = own.provenance["residents"]
    assert own["cost_yuan"] == pytest.approx(3.0 * 365 / residents)
    assert own["meals"] == float(linli.City("lane").totals.adults)
    assert own.unit("meals", "zh") == "份/日"
    assert own.label("days_lived") == "Days after the burn-in that the run lived"
    assert own == linli.simulate("lane", policies="canteen:share=0.4,price=3", engine="mesa", **SHORT)
    (said,) = own.provenance["extensions"]
    assert (said["name"], said["hash"]) == ("canteen.py", one.hash)


def test_the_same_code_again_changes_nothing_and_other_code_takes_its_place(tmp_path):
    file = tmp_path / "canteen.py"
    shutil.copy(FILE, file)
    one = linli.extend(file)
    assert linli.extend(file) is one
    file.write_text(
        FILE.read_text(encoding="utf-8").replace("float(w.totals.adults)", "7.0"), encoding="utf-8"
    )
    assert linli.extend(file).hash != one.hash
    assert linli.simulate("lane", **SHORT)["meals"] == 7.0


def test_without_it_nothing_of_a_run_changes():
    before = linli.simulate("lane", **SHORT)
    assert "extensions" not in before.provenance
    linli.extend(FILE)
    with_it = linli.simulate("lane", **SHORT)
    assert {name: str(with_it[name]) for name in before} == {name: str(before[name]) for name in before}


@pytest.mark.parametrize("engine", ["array", "mesa"])
def test_a_stop_condition_ends_a_run_on_its_morning(engine):
    linli.extend(FILE)
    found = linli.simulate("lane", until="a_week", engine=engine, **SHORT)
    assert (found.days, found["days_lived"]) == (7, 7.0)
    assert found == linli.simulate("lane", until=lambda run: run.day >= 13, engine=engine, **SHORT)
    whole = linli.simulate("lane", days=7, burn_in=6, engine=engine)
    assert found == whole
    with pytest.raises(linli.InputError, match="must answer true or false"):
        linli.simulate("lane", until=lambda run: run.day, engine=engine, **SHORT)
    with pytest.raises(linli.InputError, match=r"stop condition .*ZeroDivisionError"):
        linli.simulate("lane", until=lambda run: 1 / 0, engine=engine, **SHORT)


def empty_the_register(community):
    """What an intervention does: nobody remembers an act."""
    for resident in community.residents:
        resident.theta = -50.0


def test_an_intervention_acts_on_its_day_and_not_before():
    usual = linli.Community("lane", rng=3).run_to(40)
    changed = linli.Community("lane", rng=3).on(0, lambda c: None)
    day = 40 - changed.settings.burn_in
    with pytest.raises(linli.InputError, match="is over"):
        linli.Community("lane", rng=3).run_to(41).on(day, empty_the_register)
    changed.on(day, empty_the_register).run_to(40)
    assert changed.records == usual.records
    again = pickle.loads(pickle.dumps(linli.Community("lane", rng=3).on(day, empty_the_register)))
    assert changed.run_to(45).records == again.run_to(45).records
    assert changed.records != usual.run_to(45).records
    found = linli.simulate("lane", engine="mesa", interventions={2: empty_the_register}, **SHORT)
    (said,) = found.provenance["interventions"]
    assert said["day"] == 2
    assert said["function"].endswith(".empty_the_register")
    assert len(said["hash"]) == 16
    assert found != linli.simulate("lane", engine="mesa", **SHORT)


def test_the_command_runs_what_its_user_names(here):
    code, out, err = here(
        "run", "lane", "--days", 12, "--burn-in", 6, "--with", FILE,
        "--policy", "canteen", "--stop", "a_week", "--json",
    )  # fmt: skip
    assert code == 0, err
    data = json.loads(out)
    assert data["measures"]["days_lived"] == 7
    assert data["extensions"][0]["policies"] == ["canteen"]
    code, out, err = here("list", "policies", "--with", FILE, "--lang", "zh")
    assert code == 0, err
    assert "canteen" in out
    extensions.forget()
    code, _, err = here("run", "lane", "--policy", "canteen")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "unknown policy 'canteen'" in err


def test_a_comparison_in_other_processes_has_the_same_code():
    linli.extend(FILE)
    one, two = (linli.compare("lane", "canteen", runs=2, jobs=jobs, **SHORT) for jobs in (1, 2))
    assert {n: str(e) for n, e in one.items()} == {n: str(e) for n, e in two.items()}
    assert one["meals"].difference == 0.0


def test_a_study_names_what_it_was_made_with_and_is_read_without_it(here, tmp_path):
    (tmp_path / "own.toml").write_text(STUDY, encoding="utf-8")
    code, _, err = here("sweep", "own.toml", "--out", "made", "--jobs", 1)
    assert code == 2
    assert "canteen" in err
    code, _, err = here("sweep", "own.toml", "--out", "made", "--jobs", 2, "--with", FILE)
    assert code == 0, err
    rows = linli.results("made").to_frame()
    assert (rows["status"] == "done").all()
    assert rows.loc[rows["arm"] == "eats", "canteen_share"].nunique() == 2
    ids = set(rows["run"])
    (tmp_path / "changed.py").write_text(FILE.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    extensions.forget()
    assert Store("made").manifest["extensions"][0]["policies"] == ["canteen"]
    assert linli.results("made").to_frame().equals(rows)  # which runs nobody's code
    assert extensions.loaded() == ()
    code, _, err = here("sweep", "own.toml", "--out", "made", "--with", "changed.py")
    assert code == 2
    assert "other extensions (canteen.py" in err
    assert not ids & set(linli.sweep("own.toml", "elsewhere").to_frame()["run"])


def test_a_study_may_end_its_runs_early(tmp_path):
    text = STUDY.replace('name = "own"', 'name = "own"\nstop = "a_week"')
    linli.extend(FILE)
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(linli.InputError, match="attribution = false"):
        linli.sweep(tmp_path / "own.toml", tmp_path / "made")
    (tmp_path / "own.toml").write_text("attribution = false\n" + text, encoding="utf-8")
    assert (linli.sweep(tmp_path / "own.toml", tmp_path / "made").to_frame()["days_lived"] == 7).all()


def test_a_snapshot_goes_on_only_with_the_same_code(tmp_path):
    linli.extend(FILE)
    city = linli.City(linli.load_scenario("lane").but(**SHORT), policies="canteen").run_to(9)
    city.save(tmp_path / "day.npz")
    again = linli.City.load(tmp_path / "day.npz").run()
    assert str(again.measures()) == str(city.run().measures())
    extensions.forget()
    with pytest.raises(linli.InputError, match="name the file that holds it with --with"):
        linli.City.load(tmp_path / "day.npz")


WRONG = {
    "syntax": ("def (", "SyntaxError"),
    "fails": ("import linli\n1 / 0\n", r"line 2\): ZeroDivisionError"),
    "exits": ("raise SystemExit(3)\n", "SystemExit"),
    "nothing": ("x = 1\n", "has no policy, no measure and no stop condition"),
    "taken": ("import linli\nclass P(linli.Policy):\n    name = 'match'\n", "a policy match already"),
    "nameless": ("import linli\nclass P(linli.Policy):\n    pass\n", "needs a name"),
    "a measure that is there": (
        "import linli\n@linli.measure('days')\ndef trust(w):\n    return 1\n", "a measure trust already",
    ),
    "a new unit": (
        "import linli\n@linli.measure('loaves')\ndef bread(w):\n    return 1\n", "unit 'loaves' is new",
    ),
    "no option": ("import linli\nclass P(linli.Policy):\n    name = 'p'\n    x: int = 3\n", "linli.option"),
    "no system": (
        "import linli\nclass P(linli.Policy):\n    name = 'p'\n    system = 'moon'\n", "unknown system",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_code_that_cannot_be_used_is_said_in_one_line_and_leaves_nothing(kind, tmp_path):
    text, said = WRONG[kind]
    (tmp_path / "own.py").write_text(text)
    with pytest.raises(linli.InputError, match=said) as raised:
        linli.extend(tmp_path / "own.py")
    assert "\n" not in str(raised.value)
    assert extensions.loaded() == ()


def test_files_that_are_none_are_refused(tmp_path):
    for where in (tmp_path / "absent.py", tmp_path, "no-such-extension"):
        with pytest.raises(linli.InputError):
            linli.extend(where)


LEVERS = {
    "relief": ("levers.relief = 7.0", "sets the lever relief to 7.0: it takes 0 to 1"),
    "not a number": ("levers.relief = float('nan')", "sets the lever relief to nan"),
    "matching": ("levers.matching = 9", "it takes whole numbers 0 to 3"),
    "sunk": ("levers.sunk = 3", "which a city shares out"),
    "fund": ("levers.fund = 1.0", 'system = "fund"'),
    "fails": ("levers.no_such = 1", "AttributeError"),
}


@pytest.mark.parametrize("kind", LEVERS)
@pytest.mark.parametrize("engine", ["array", "mesa"])
def test_what_a_policy_answers_is_looked_at_before_a_day_is_lived_by_it(kind, engine, tmp_path):
    moved, said = LEVERS[kind]
    (tmp_path / "own.py").write_text(
        "import linli\nclass P(linli.Policy):\n    name = 'own'\n"
        f"    def change(self, levers, level, place):\n        {moved}\n"
        "    def cost(self, *rest):\n        return linli.Cost()\n"
    )
    linli.extend(tmp_path / "own.py")
    with pytest.raises(linli.InputError, match=said):
        linli.simulate("lane", policies="own", engine=engine, days=2, burn_in=0)


def test_a_cost_that_is_none_is_refused(tmp_path):
    for cost in ("3", "linli.Cost(float('nan'))", "linli.Cost(1 / 0)"):
        (tmp_path / "own.py").write_text(
            "import linli\nclass P(linli.Policy):\n    name = 'own'\n    def change(self, *rest):\n"
            f"        pass\n    def cost(self, *rest):\n        return {cost}\n"
        )
        linli.extend(tmp_path / "own.py")
        with pytest.raises(linli.InputError, match="policy own"):
            linli.simulate("lane", policies="own", days=2, burn_in=0)


def test_an_entry_point_of_an_installed_package_is_known_by_its_name(tmp_path, monkeypatch):
    shutil.copy(FILE, tmp_path / "meal_package.py")
    about = tmp_path / "meal_package-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: meal-package\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[linli.extensions]\nmeals = meal_package\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert "canteen" not in POLICIES  # to be installed alone changes nothing
    assert linli.extend("meals").policies == ("canteen",)
    assert not math.isnan(linli.simulate("lane", policies="canteen", days=2, burn_in=0)["meals"])
