"""The account of two worlds: kept in the background, as far as the page asks, and the same as by hand."""

import json
import threading

import numpy as np
import pytest

from linli.model.attribution.chain import Chains
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.trace import Trace
from linli.viz.charts import LIGHT
from linli.viz.charts.life import SHAPES, Ribbon, life
from linli.viz.state.settings import Settings
from linli.viz.worlds import Pair
from linli.viz.worlds.account import Accounting, Question, answer_of
from linli.viz.worlds.life import ACTED, ACTED_ASKED, Looks

BUSY = Settings.of("lane", days=60, parameters=(("lambda0", 0.15), ("theta_mean", -4.5), ("J", 5.0)))
DAYS = 60


class Kept:
    """An account with everything that was told of it."""

    def __init__(self, pair):
        self.told, self.failed, self.news = [], [], threading.Condition()
        self.work = Accounting(pair, self._tell, self.failed.append)

    def _tell(self, account):
        with self.news:
            self.told.append(account)
            self.news.notify()

    def answer(self, question):
        """Ask, and wait for what is told of it."""
        self.work.ask(question)
        with self.news:
            assert self.news.wait_for(lambda: any(one.question == question for one in self.told), 600)
            return next(one for one in self.told[::-1] if one.question == question)


@pytest.fixture(scope="module")
def pair():
    return Pair.build(BUSY.with_policy("match").with_policy("council"))


@pytest.fixture(scope="module")
def by_hand(pair):
    return Lockstep(pair.eve(), pair.settings.added, Trace()).run(DAYS)


@pytest.fixture
def kept(pair):
    one = Kept(pair)
    yield one
    one.work.cancel()
    assert one.work.join(600)
    assert one.failed == []


def test_the_account_is_that_of_the_days_shown(kept, by_hand):
    """Further on, back again, and between two days: what a run by hand says of the days up to there."""
    whole = by_hand.result()
    for day in (12, 60, 31):
        account = kept.answer(Question(day))
        assert account.day >= day
        assert account.answer is None
        there, here = account.up_to(day), whole.between(0, day)
        np.testing.assert_array_equal(there.rows, here.rows)
        assert there.by_group() == here.by_group()
        assert sum(there.by_group("minutes").values()) == here.difference("minutes")
    assert kept.told[-1].day == 60, "it does not go back"


def test_the_worlds_on_the_maps_are_left_alone(pair, kept):
    before = pair.frames(20)
    kept.answer(Question(30, 0))
    for one, other in zip(before, pair.frames(20), strict=True):
        np.testing.assert_array_equal(one.acted, other.acted)


def test_the_first_day_that_differs_is_explained_unless_another_is_asked_about(kept, by_hand):
    chains = Chains(by_hand, first=1)
    who = by_hand.result().most_changed()
    days = tuple(chains.told(day) for day in chains.days_of(who))
    assert len(days) > 1
    first = kept.answer(Question(DAYS, who)).answer
    assert (first.resident, first.differing, first.found.day) == (who, days, days[0])
    assert first.found.sides[0].acts != first.found.sides[1].acts
    later = kept.answer(Question(DAYS, who, days[1])).answer
    assert later.found.day == days[1]
    assert later.found.steps[0].day == days[1]
    earlier = kept.answer(Question(days[0], who, days[1])).answer
    assert (earlier.differing, earlier.found.day) == (days[:1], days[0]), "a day to come is not explained"


def test_who_does_not_differ_is_shown_the_last_day_to_decide(by_hand):
    chains = Chains(by_hand, first=1)
    same = [i for i in range(300) if not chains.days_of(i)]
    looks = Looks(by_hand, DAYS)
    found = [answer_of(chains, looks, Question(DAYS, resident)) for resident in same]
    decided = [answer for answer in found if answer.found is not None]
    assert decided
    for answer in decided:
        assert answer.differing == ()
        assert answer.found.same
        assert answer.found.day <= DAYS
        who = chains.trace.who
        later = range(chains.burn_in + answer.found.day, chains.burn_in + DAYS)
        assert not any((who[day] == answer.resident).any() for day in later)


def test_nobody_has_decided_on_the_eve(kept):
    assert kept.answer(Question(0, 3)).answer.found is None


def test_without_policies_both_worlds_do_the_same():
    kept = Kept(Pair.build(BUSY))
    account = kept.answer(Question(30, 5))
    kept.work.cancel()
    assert account.difference.difference() == 0
    assert account.answer.differing == ()


def test_an_account_ends_in_the_middle_when_it_is_cancelled(pair):
    kept = Kept(pair)
    kept.work.ask(Question(DAYS))
    kept.work.cancel()
    assert kept.work.join(600)
    assert kept.failed == []


def test_what_goes_wrong_is_told(pair, monkeypatch):
    def refuse(*_):
        raise RuntimeError("more unfinished matters than there is room for")

    monkeypatch.setattr(Lockstep, "run", refuse)
    kept = Kept(pair)
    kept.work.ask(Question(5))
    assert kept.work.join(600)
    assert kept.failed == ["more unfinished matters than there is room for"]


def test_a_life_is_that_of_the_days_in_both_worlds(kept, by_hand):
    """Acts of each world are the engine's own; the lives part on the first day that differs."""
    who = by_hand.result().most_changed()
    answer = kept.answer(Question(DAYS, who)).answer
    days = [{day for day, kind in side.events if kind in (ACTED, ACTED_ASKED)} for side in answer.life.sides]
    assert set(answer.differing) == days[0] ^ days[1]
    assert answer.differing[0] == min(days[0] ^ days[1])
    for side, world in zip(answer.life.sides, by_hand.worlds, strict=True):
        assert len(side.fatigue) == len(side.efficacy) == len(answer.life.looked)
        assert all(0.0 <= value <= 1.0 for value in side.efficacy)
        last = max(day for day, kind in side.events if kind in (ACTED, ACTED_ASKED))
        assert world.columns("resident")["last_acted"][who] == by_hand.burn_in + last - 1
    assert answer.life.looked[0] == 0
    one, other = (side.efficacy for side in answer.life.sides)
    assert one[0] == other[0], "on the eve both are the same"


def test_any_day_with_something_to_decide_is_explained_if_asked_about(kept, by_hand):
    chains = Chains(by_hand, first=1)
    who = by_hand.result().most_changed()
    life = kept.answer(Question(DAYS, who)).answer.life
    same = next(day for day, _ in life.sides[0].events if chains.burn_in + day - 1 not in chains.days_of(who))
    found = kept.answer(Question(DAYS, who, same)).answer.found
    assert (found.day, found.same) == (same, True)


def test_a_life_is_drawn_with_the_day_on_which_it_parts(kept, by_hand):
    answer = kept.answer(Question(DAYS, by_hand.result().most_changed())).answer
    words = dict.fromkeys((*SHAPES, "efficacy", "fatigue", "mark", "parted"), "word")
    ribbons = [Ribbon("world", side, "#000000") for side in answer.life.sides]
    option = life(ribbons, answer.life.looked, DAYS, words, LIGHT, parted=answer.differing[0])
    assert json.loads(json.dumps(option)) == option
    marks = sum(len(one["data"]) for one in option["series"] if one["type"] == "scatter")
    assert marks == sum(len(side.events) for side in answer.life.sides)
    lines = [one["markLine"]["data"] for one in option["series"] if "markLine" in one]
    assert lines == [[{"xAxis": answer.differing[0]}]] * 2
