"""Two worlds that can be looked at on any day: the same as worlds that were simply run."""

import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from linli.agents.rules.asking import ASKERS
from linli.experiments.compare.runs import Task, run_pair
from linli.model.city import City
from linli.model.measures import MEASURES
from linli.model.measures.record import COLUMNS
from linli.viz.canvas import hands_sent
from linli.viz.rooms.town import differing, scale_of, states_of
from linli.viz.state import COLOURS
from linli.viz.state.settings import Settings
from linli.viz.worlds import MOST_COPIES, Pair, curves, frame_of, open_matters
from linli.viz.worlds.background import Cancelled
from linli.viz.worlds.repeats import Repeats, points
from linli.viz.worlds.stage import Shown, Stage, Wish

LANE = Settings.of("lane").with_policy("match").with_policy("council").with_option(1, start=20)
DAYS = LANE.days


@pytest.fixture(scope="module")
def pair():
    return Pair.build(LANE)


@pytest.fixture(scope="module")
def straight():
    """The same worlds, run from day to day: a frame for each of them."""
    baseline = City(LANE.baseline).run_to(LANE.baseline.burn_in)
    arms = (baseline, baseline.branch(LANE.policies))
    frames = []
    for day in range(DAYS + 1):
        frames.append(tuple(frame_of(arm.run_to(LANE.baseline.burn_in + day)) for arm in arms))
    return frames


def same(one, other):
    assert one.day == other.day
    for name in ("acted", "asked", "trust", "volunteer", "efforts"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name, column in one.members.items():
        np.testing.assert_array_equal(column, other.members[name])


@settings(max_examples=25)
@given(some.lists(some.integers(0, DAYS), min_size=1, max_size=6))
def test_a_day_is_the_same_however_one_came_to_it(pair, straight, days):
    for day in days:
        for shown, run in zip(pair.frames(day), straight[day], strict=True):
            same(shown, run)


def test_long_worlds_keep_no_more_copies_and_can_be_looked_at_on_any_day():
    long = Pair.build(LANE.but(days=30 * (MOST_COPIES + 6)))
    straight = City(LANE.but(days=30 * (MOST_COPIES + 6)).baseline)
    long.frames(long.settings.days)
    assert len(long.policy._copies) <= MOST_COPIES
    for day in range(0, long.settings.days, 30):
        straight.run_to(LANE.baseline.burn_in + day)
        if day in (60, 450, 870):
            same(long.frames(day)[0], frame_of(straight))


def test_without_policies_both_worlds_are_the_same():
    pair = Pair.build(Settings.of("lane", days=40))
    same(*pair.frames(40))


def test_the_eve_is_the_same_in_both_worlds(pair):
    same(*pair.frames(0))


def test_a_curve_is_the_measure_of_the_month_before(pair):
    city = City(LANE.baseline).run()
    first = LANE.baseline.burn_in
    values, _ = pair.curves("acts_asked", range(0, DAYS + 1, 15))
    for day, value in zip(range(0, DAYS + 1, 15), values, strict=True):
        window = city.window(first + day - curves.WINDOW, first + day)
        assert value == MEASURES["acts_asked"].of(window)


@pytest.mark.parametrize("measure", list(MEASURES))
def test_curves_of_every_measure_agree_with_its_window(pair, measure):
    city = pair.baseline.at(DAYS)
    value = curves.values(city, measure, [DAYS])[0]
    last = LANE.baseline.burn_in + DAYS
    np.testing.assert_equal(value, MEASURES[measure].of(city.window(last - curves.WINDOW, last)))


def test_who_asks_and_whose_hands_are_on_a_matter_is_what_the_day_says(pair):
    """Asks by source as the engine counted them, and open matters as its tables have them."""
    for day in (20, 40):
        for frame, track in zip(pair.frames(day), (pair.baseline, pair.policy), strict=True):
            city = track.at(day)
            asked = np.bincount(frame.asked, minlength=len(ASKERS))
            row = dict(zip(COLUMNS, city.rows[city.day - 1], strict=True))
            assert asked[ASKERS.index("visit")] <= row["visits"]
            assert asked[ASKERS.index("member")] <= row["member_asks"]
            assert asked[1:].sum() > 0
            assert ((frame.acted == 0) & (frame.asked > 0)).sum() <= row["acts_asked"]
            found = open_matters(city.world)
            assert len(frame.matters["hands"]) == len(found)
            alone = (found["organised_minutes"] > 0) & (found["resident_minutes"] == 0)
            np.testing.assert_array_equal(frame.matters["hands"] == 2, alone)
            sent = hands_sent(frame.asked, frame.acted, frame.matters)
            assert len(sent["asks"]) == 4 * len(sent["by"]) == 4 * len(sent["followed"])
            assert len(sent["matterSerials"]) == 4 * len(sent["matterHands"])


def test_in_trust_only_a_difference_that_can_be_seen_is_marked():
    before = np.array([100, 100, 100, 200], dtype=np.uint8)
    after = np.array([100, 101, 120, 180], dtype=np.uint8)
    assert differing("trust", before, after).tolist() == [False, False, True, True]
    assert differing("acted", before, after).tolist() == [False, True, True, True]


@pytest.mark.parametrize("colour", COLOURS)
def test_every_state_has_a_colour_that_the_legend_explains(pair, colour):
    for frame in pair.frames(DAYS):
        scale, states = scale_of(colour, "zh"), states_of(colour, frame, pair.town)
        assert len(states) == len(pair.town.people)
        assert len(np.unique(states)) > 1
        if scale.labels:
            assert states.max() < len(scale.labels)


# work in the background ---------------------------------------------------------------------------------


def test_repeats_give_the_numbers_of_the_command_line():
    given_ = Settings.of("lane", days=40).with_policy("match")
    told, failed = [], []
    repeats = Repeats(given_, told.append, failed.append, runs=3)
    assert repeats.join(120)
    assert failed == []
    last = told[-1]
    assert (last.runs, last.going, last.share) == (3, False, 1.0)
    assert [state.runs for state in told[:-1]] == [0, 1, 2, 3]
    for run in range(3):
        task = Task(given_.baseline.but(seed=given_.seed + run), given_.policies, engine="array")
        pair_ = run_pair(task, lambda: None)
        for totals, arm in ((last.totals_baseline, pair_.baseline), (last.totals_policy, pair_.policy)):
            np.testing.assert_array_equal(totals[run], [arm.measures[name] for name in MEASURES])
    effects = last.effects("engaged_share")
    assert len(effects) == len(points(40))
    assert effects[0].difference == 0.0
    assert effects[-1].low is not None


def test_cancelled_repeats_end_and_say_so():
    told = []
    repeats = Repeats(Settings.of("donghu").with_policy("match"), told.append, print, runs=1000)
    repeats.cancel()
    assert repeats.join(600)
    assert not told[-1].going
    assert told[-1].runs < 1000


def test_building_can_be_cancelled_in_the_middle():
    calls = []

    def go_on(share):
        calls.append(share)
        return len(calls) < 3

    with pytest.raises(Cancelled):
        Pair.build(Settings.of("donghu"), go_on)
    assert calls[-1] < 1.0


class Watched:
    """A stage with what it showed."""

    def __init__(self):
        self.shown: list[Shown] = []
        self.failed: list[str] = []
        self.ended: list[int] = []
        self.news = threading.Condition()
        self.stage = Stage(self._show, lambda share: None, self.failed.append, self.ended.append)

    def _show(self, shown):
        with self.news:
            self.shown.append(shown)
            self.news.notify()
        self.stage.seen(shown.moment)

    def until(self, wanted):
        with self.news:
            assert self.news.wait_for(lambda: any(map(wanted, self.shown)), 600), self.failed


def test_the_stage_shows_the_newest_wish_and_plays_to_the_end():
    lane, watched = Settings.of("lane", days=30), Watched()
    try:
        watched.stage.wish(Wish(Settings.of("donghu"), 5))
        watched.stage.wish(Wish(lane, 3))
        watched.until(lambda shown: shown.settings == lane and shown.day == 3)
        watched.stage.wish(Wish(lane, 12, jump=1))
        watched.until(lambda shown: shown.day == 12)
        watched.stage.wish(Wish(lane, 12, jump=1, playing=True, speed=60))
        watched.until(lambda shown: shown.day == 30)
        watched.stage.wish(Wish(lane, 4, jump=2))
        watched.until(lambda shown: shown.day == 4)
        assert watched.ended == [30]
        assert watched.failed == []
        moments = [shown.moment for shown in watched.shown]
        assert moments == sorted(set(moments))
    finally:
        watched.stage.close()
    assert watched.stage.join(600)


def test_the_stage_survives_a_town_that_cannot_be_run(monkeypatch):
    watched = Watched()

    def refuse(*_):
        raise RuntimeError("more unfinished matters than there is room for")

    try:
        with monkeypatch.context() as patched:
            patched.setattr(Pair, "build", refuse)
            watched.stage.wish(Wish(Settings.of("donghu"), 0))
            for _ in range(60_000):
                if watched.failed:
                    break
                time.sleep(0.01)
            assert "room" in watched.failed[0]
        watched.stage.wish(Wish(Settings.of("lane"), 0))
        watched.until(lambda shown: shown.settings.scenario == "lane")
    finally:
        watched.stage.close()
    assert watched.stage.join(600)
