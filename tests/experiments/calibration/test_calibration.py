"""Finding worlds that fit: against a model whose answer is known, and on the lane."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest

from linli.experiments.analysis.sensitivity import factors_of
from linli.experiments.calibration.check import check
from linli.experiments.calibration.emulator import emulator, on_scale
from linli.experiments.calibration.history import CUTOFF, History, implausibility
from linli.experiments.calibration.identified import marginals, pairs
from linli.experiments.calibration.lived import AGREES, NEED, agrees
from linli.experiments.calibration.living import Living
from linli.experiments.calibration.prior import FREE, of_parameters
from linli.experiments.calibration.record import Record
from linli.experiments.calibration.search import MOVES, Found, Search, calibrate
from linli.experiments.evidence import Evidence
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import local_pool
from linli.experiments.runner.pool import Here
from linli.model.errors import InputError
from linli.model.scenario import load

searches = pytest.mark.long
"""They live thousands of worlds."""
PRIOR = of_parameters(factors_of(["mu", "J", "omega"]))
HELD = (0.2, 0.4)
"""The band of a figure that is, in the made-up model, mu times J up to luck."""


def figure(measure: str, low: float, high: float) -> Evidence:
    return Evidence(measure=measure, low=low, high=high, use="calibration", source="made up")


class Quiet(Progress):
    """Says nothing."""

    def __init__(self) -> None:
        super().__init__("")

    def say(self, message: str) -> None: ...


class MadeUp:
    """Lives worlds in no time: a model whose answer is known. luck: of a seed, as a share."""

    def __init__(self, luck: float = 0.0) -> None:
        self.luck, self.pool = luck, Here()
        self.random = np.random.default_rng(9)

    def live(self, points: pd.DataFrame) -> pd.DataFrame:
        luck = np.exp(self.luck * self.random.standard_normal(len(points)))
        shares = (0.05 + 0.95 * points["mu"] * points["J"] / 6.0) * luck
        return points.assign(active_in_year=shares, need_in_sight=points["n_bar"], seed=range(len(points)))


def asked(worlds: int = 400) -> Search:
    return Search(
        scenario=load("lane"),
        prior=PRIOR,
        targets=(figure("active_in_year", *HELD),),
        worlds=worlds,
        points=60,
        waves=3,
    )


@pytest.fixture(scope="module")
def known() -> tuple[Found, History]:
    return calibrate(asked(), MadeUp(), Quiet())  # type: ignore[arg-type]


# where the answer is known -------------------------------------------------------------------------------


@searches
def test_the_worlds_are_the_prior_where_the_evidence_holds(known):
    """Drawn by the search, and by lot from the prior where the band holds: the same distribution."""
    found, _ = known
    draws = PRIOR.draw(40_000, np.random.default_rng(1))
    product = 0.05 + 0.95 * draws["mu"] * draws["J"] / 6.0
    exact = draws[product.between(*HELD)]
    assert len(found.worlds) >= 400
    assert found.worlds["active_in_year"].between(*HELD).all()
    for name in PRIOR.names:
        assert kstest(found.worlds[name], exact[name]).pvalue > 0.001, name


@searches
def test_what_fits_is_not_ruled_out_and_most_of_the_rest_is(known):
    found, history = known
    draws = PRIOR.draw(2000, np.random.default_rng(2))
    fits = (0.05 + 0.95 * draws["mu"] * draws["J"] / 6.0).between(*HELD).to_numpy()
    out = history._ruled_out(PRIOR.unit(draws))
    assert out[fits].mean() < 0.01
    assert out[~fits].mean() > 0.7
    assert found.acceptance > 0.6 > fits.mean()


@searches
def test_it_ends_by_itself_when_the_ensemble_no_longer_moves(known):
    found, _ = known
    assert found.moved <= MOVES
    assert found.drawn < 1500


@searches
def test_what_the_evidence_does_not_bear_on_is_not_identified_and_what_trades_off_is_found(known):
    found, _ = known
    by_name = {one.name: one for one in marginals(asked(), found.worlds)}
    assert by_name["J"].identified
    assert not by_name["omega"].identified
    assert by_name["J"].narrowed > 0.1 > abs(by_name["omega"].narrowed)
    strongest = pairs(asked(), found.worlds)
    assert [(pair.one, pair.other) for pair in strongest] == [("mu", "J")]
    assert strongest[0].correlation < -0.7


@searches
def test_known_worlds_are_recovered_with_uniform_ranks():
    search = asked(50)
    living = MadeUp(luck=0.05)
    _, history = calibrate(search, living, Quiet())  # type: ignore[arg-type]
    checked = check(search, history, living, Quiet())  # type: ignore[arg-type]
    assert checked.recovered > 80
    assert checked.ruled_out <= 3
    assert checked.uneven == []
    assert ((checked.ranks >= 0.0) & (checked.ranks <= 1.0)).all().all()


@searches
def test_a_model_that_never_fits_is_given_up():
    search = replace(asked(), targets=(figure("active_in_year", 2.0, 3.0),))
    found, _ = calibrate(search, MadeUp(), Quiet())  # type: ignore[arg-type]
    assert found.worlds.empty
    assert found.acceptance == 0.0
    assert len(found.everything) <= 60 * 3 + 4 * 64


# parts ---------------------------------------------------------------------------------------------------


def test_all_that_is_free_has_a_range_within_the_table_of_parameters():
    prior = of_parameters(factors_of(FREE))
    values = prior.draw(50, np.random.default_rng(3))
    assert len(prior.names) == len(set(prior.names)) >= 26
    unit = prior.unit(values)
    assert ((unit >= 0.0) & (unit <= 1.0)).all()
    assert values["R"].dtype.kind == values["posts"].dtype.kind == "i"
    # what is written is what was lived: four figures
    assert all(float(f"{value:.4g}") == value for value in values["J"])


def test_an_emulator_knows_how_wrong_it_is():
    random = np.random.default_rng(4)

    def truth(unit):
        return np.sin(4.0 * unit[:, 0]) + unit[:, 1] ** 2

    unit, fresh = random.random((80, 3)), random.random((300, 3))
    guess = emulator(unit, truth(unit) + 0.1 * random.standard_normal(80))
    mean, variance = guess.predict(fresh)
    assert np.sqrt(np.mean((mean - truth(fresh)) ** 2)) < 0.1
    standard = (truth(fresh) + 0.1 * random.standard_normal(300) - mean) / np.sqrt(variance)
    assert 0.8 < standard.std() < 1.25


def test_an_emulator_of_what_never_changes_says_so():
    unit = np.random.default_rng(5).random((30, 2))
    mean, variance = emulator(unit, np.full(30, -0.07)).predict(unit)
    assert mean == pytest.approx(np.full(30, -0.07), abs=1e-3)
    assert (variance < 1.0).all()


def test_nothing_inside_a_band_is_implausible():
    band = figure("active_in_year", 0.2, 0.4)
    inside = on_scale(np.array([0.2, 0.3, 0.4]))
    assert implausibility(inside, np.full(3, 1e-6), band) == pytest.approx(0.0)
    far = implausibility(on_scale(np.array([0.1, 0.8])), np.full(2, 1e-6), band)
    # log 2 outside, against a tenth of half of log 2
    assert far == pytest.approx(np.full(2, 20.0), rel=1e-3)
    assert (far > CUTOFF).all()
    assert implausibility(on_scale(np.array([0.1])), np.full(1, 1.0), band)[0] < CUTOFF


# on the lane ---------------------------------------------------------------------------------------------


def on_the_lane(worlds: int) -> Search:
    return Search(
        scenario=load("lane").but(burn_in=20, days=90),
        prior=of_parameters(factors_of(["theta_v=-3:1", "R=0:14"])),
        targets=(figure("matters_reported", 0.25, 0.35),),
        worlds=worlds,
        points=12,
        waves=2,
    )


def found_on_the_lane(worlds: int = 8, jobs: int = 1, record: Record | None = None) -> pd.DataFrame:
    search = on_the_lane(worlds)
    with local_pool(jobs) as pool:
        living = Living(
            search.scenario, "array", record or Record(None, {"identity": ""}), pool, lambda _: None
        )
        found, _ = calibrate(search, living, Quiet())
    return found.worlds


@pytest.fixture(scope="module")
def on_lane() -> pd.DataFrame:
    return found_on_the_lane()


@searches
def test_two_processes_find_what_one_finds(on_lane):
    pd.testing.assert_frame_equal(on_lane, found_on_the_lane(jobs=2), check_exact=True)


@searches
def test_usual_need_is_each_worlds_own(on_lane):
    assert on_lane["n_bar"].nunique() > len(on_lane) // 2
    assert all(agrees(row[NEED], row["n_bar"]) for row in on_lane.to_dict("records"))
    assert agrees(1.0 - AGREES, 1.0)
    assert agrees(1.0 + 0.999 * AGREES, 1.0)
    assert not agrees(1.0 + 2.0 * AGREES, 1.0)


class Killed(Exception):
    """As if the process had died here."""


class Dying(Record):
    """Keeps so many batches and dies."""

    left = 3

    def add(self, rows):
        super().add(rows)
        self.left -= 1
        if self.left == 0:
            raise Killed


@searches
def test_a_killed_calibration_goes_on_and_ends_in_the_same_table(on_lane, tmp_path):
    manifest = {"identity": "a", "format": 1}
    with pytest.raises(Killed):
        found_on_the_lane(record=Dying(tmp_path / "out", manifest))
    chunks = sorted((tmp_path / "out" / "worlds").iterdir())
    assert len(chunks) == Dying.left
    again = Record(tmp_path / "out", manifest)
    assert len(again.rows) == 12
    pd.testing.assert_frame_equal(on_lane, found_on_the_lane(record=again), check_exact=True)
    # of what was there nothing was lived again, and a chunk that was cut short counts for nothing
    chunks[0].write_bytes(chunks[0].read_bytes()[:-9])
    damaged = Record(tmp_path / "out", manifest)
    assert "truncated" in str(damaged.faults[0])
    pd.testing.assert_frame_equal(on_lane, found_on_the_lane(record=damaged), check_exact=True)


def test_a_folder_of_another_calibration_is_refused(tmp_path):
    Record(tmp_path / "one", {"identity": "a", "format": 1})
    with pytest.raises(InputError, match="other settings or other code"):
        Record(tmp_path / "one", {"identity": "b", "format": 1})
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds no calibration"):
        Record(tmp_path, {"identity": "a", "format": 1})


# the command ---------------------------------------------------------------------------------------------

TINY = (
    "calibrate",
    "lane",
    "--days",
    "95",
    "--set",
    "theta_mean=-9",
    "--burn-in",
    "0",
    "--free",
    "s0",
    "--points",
    "8",
    "--waves",
    "1",
)


@searches
def test_where_nothing_fits_the_command_says_which_figures_were_never_met(here):
    code, out, error = here(*TINY, "--worlds", "1", "--jobs", "1")
    assert code == 0
    assert "None fits" in out
    assert "Adults who acted in the last 365 days" in out
    assert "of the prior" in error


@searches
def test_the_command_keeps_what_it_lived_and_prints_data(here, tmp_path):
    code, out, _ = here(*TINY, "--worlds", "1", "--jobs", "1", "--out", str(tmp_path / "out"), "--json")
    assert code == 0
    data = json.loads(out)
    assert data["worlds"] == []
    assert data["lived"] == len(pd.read_csv(tmp_path / "out" / "lived.csv"))
    assert data["waves"][0]["lived"] == 8


def test_worlds_too_short_for_a_figure_are_told_so(here):
    code, out, error = here(*TINY, "--worlds", "1", "--jobs", "1", "--days", "9")
    assert (code, out) == (2, "")
    assert "acts_of_active" in error
    assert "--days" in error


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("calibrate", "lane", "--free", "match.method=0:1"), "match.method"),
        (("calibrate", "lane", "--free", "thetamean"), "theta_mean"),
        (("calibrate", "lane", "--free", "n_bar"), "measured in every world"),
        (("calibrate", "lane", "--points", "2"), "--points must be between 8"),
        (("calibrate", "lane", "--worlds", "0"), "--worlds must be between 1"),
        (("calibrate", "lane", "--jobs", "2", "--dask", "tcp://here:1"), "leave it out with --dask"),
        (("calibrate", "day.npz"), "later day of a run"),
    ],
)
def test_bad_input_is_one_line(here, arguments, complaint):
    code, out, error = here(*arguments)
    assert (code, out) == (2, "")
    assert complaint in error
    assert error.count("\n") == 1
