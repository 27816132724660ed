"""Both worlds once more, side by side and in the background: which acts differ, by what, and why somebody's.

The maps need no such care; here both worlds live through each day together, and their decisions are compared
(`model.attribution`). A visitor's account goes as far as the day that is asked about and stays there.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from linli.model.attribution.chain import Chains
from linli.model.attribution.explained import Explanation, explained, last_day_to_decide
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.result import Attribution
from linli.model.attribution.trace import Trace
from linli.viz.worlds import Pair
from linli.viz.worlds.background import Background
from linli.viz.worlds.life import Life, Looks, life_of

CHUNK = 5
"""Days that are lived before the work looks up [days]."""

EVERY = 0.5
"""Seconds between two reports on the way to a day far ahead [s]."""

REST = 0.02
"""Rest after each chunk while somebody watches days go by [s]."""

_IN_TURN = threading.Semaphore(1)
"""All visitors' accounts take turns, chunk by chunk."""


@dataclass(frozen=True)
class Question:
    """What is asked. day: up to which, as shown on the page; resident: whose decision, None for nobody's;
    occasion: of which day, None for the first that differs."""

    day: int
    resident: int | None = None
    occasion: int | None = None


@dataclass(frozen=True)
class Answer:
    """Why a resident acted. differing: days on which he or she acts in one world only, up to the day asked
    about; found: one of them, another day with something to decide if it was asked about, or the last such
    day; None if there was none so far; life: all days up to then."""

    resident: int
    differing: tuple[int, ...]
    found: Explanation | None
    life: Life


@dataclass(frozen=True, eq=False)
class Account:
    """What differs between the two worlds of a pair. day: up to which; difference: of the days up to then;
    question, answer: the newest one that was answered."""

    pair: Pair
    day: int
    difference: Attribution
    question: Question | None = None
    answer: Answer | None = None

    def up_to(self, day: int) -> Attribution:
        """The difference up to a shown day, or as far as the account has come."""
        return self.difference.between(0, min(day, self.day))


class Accounting(Background):
    """Keeps the account of a pair in a thread of its own; `tell` gets every state of it.

    gently: whether somebody watches days go by, who comes first.
    """

    def __init__(
        self,
        pair: Pair,
        tell: Callable[[Account], None],
        failed: Callable[[str], None],
        gently: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__("account", failed)
        self.pair, self._tell, self._gently = pair, tell, gently
        self._news = threading.Condition()
        self._question: Question | None = None
        self._told = time.monotonic()
        self._begin()

    def ask(self, question: Question) -> None:
        """What is to be answered from now on; an older question is dropped."""
        with self._news:
            self._question = question
            self._news.notify()

    def cancel(self) -> None:
        """End the work; does not wait for it."""
        with self._news:
            super().cancel()
            self._news.notify()

    # in the thread ------------------------------------------------------------------------------------

    def _work(self) -> None:
        arms = Lockstep(self.pair.eve(), self.pair.settings.added, Trace())
        chains, looks = Chains(arms, first=1), Looks(arms, self.pair.settings.days)
        answered: Question | None = None
        while True:
            question = self._next(answered)
            if not self._reach(arms, looks, question):
                continue
            if question.resident is not None and chains.days < arms.days:
                chains = Chains(arms, first=1)
            answer = answer_of(chains, looks, question)
            self._tell(Account(self.pair, arms.days, arms.result(), question, answer))
            answered = question

    def _next(self, answered: Question | None) -> Question:
        """The newest question, as soon as there is another one."""
        with self._news:
            while not self._cancelled.is_set() and self._question == answered:
                self._news.wait()
            self._check()
            assert self._question is not None
            return self._question

    def _reach(self, arms: Lockstep, looks: Looks, question: Question) -> bool:
        """Live as far as is asked; False as soon as something else is asked."""
        while arms.days < question.day:
            with _IN_TURN:
                arms.run(min(CHUNK, question.day - arms.days))
                looks.look(arms)
            self._check()
            if self._question != question:
                return False
            if time.monotonic() - self._told > EVERY:
                self._told = time.monotonic()
                self._tell(Account(self.pair, arms.days, arms.result()))
            if self._gently():
                time.sleep(REST)
        return True


def answer_of(chains: Chains, looks: Looks, question: Question) -> Answer | None:
    """The resident's decision that is asked about. Days are told as they are shown: when they are over."""
    who = question.resident
    if who is None:
        return None
    behind = chains.burn_in + question.day
    differing = [day for day in chains.days_of(who) if day < behind]
    told = tuple(chains.told(day) for day in differing)
    life = life_of(chains, looks, who, question.day)
    found = None
    if question.occasion is not None and 0 < question.occasion <= question.day:
        found = explained(chains, who, chains.burn_in + question.occasion - 1)
    if found is None:
        day = differing[0] if differing else last_day_to_decide(chains, who, behind)
        found = None if day is None else explained(chains, who, day)
    return Answer(who, told, found, life)
