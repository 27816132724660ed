"""A community as a mesa.Model: the object engine, where every agent is an object that can be asked.

What happens in a day stands in `model/day.py`; what people decide stands in `agents/rules/`; what a day finds
and changes stands in `model/objects/neighbourhood.py`. This file only makes a community, runs it and keeps
its records.
"""

import copy
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Self

import numpy as np
import pandas as pd
from mesa.datacollection import DataCollector
from numpy.typing import NDArray

from linli.agents.traits import AGENTS
from linli.model import cards
from linli.model import day as phases
from linli.model import network as networks
from linli.model import scenario as scenarios
from linli.model.errors import InputError, count_of
from linli.model.measures import MEASURES, Measure, Totals, Window, all_of, daily_table
from linli.model.measures.hours import NO_SHARES, Shares
from linli.model.measures.record import COLUMNS
from linli.model.measures.spans import MAX_DURATION, YEAR
from linli.model.objects.neighbourhood import Neighbourhood, Order
from linli.model.objects.pickled import flat, rebuilt
from linli.model.objects.settling import bring_systems, settle
from linli.model.policies import Policy, policies_from
from linli.model.population import Population, populate
from linli.model.zoom import community_scenario

_row = attrgetter(*COLUMNS)


class Community(Neighbourhood):
    """One community, day by day.

    scenario: a name, a file or a `Scenario`; policies: added to the scenario's own, as `Policy` objects or as
    text ("match:method=random; relieve:share=.5"); rng: the seed (the scenario's own if nothing is said; a
    number, a numpy generator, or None for a fresh one, as Mesa has it); population,
    network: in place of the generated ones; number: which community of a city (0 if there is one); order:
    reorders agents before each activation (nothing may change by it); further keywords are parameters,
    checked by name and range.
    A copy (`copy.deepcopy`, `pickle`) goes on to the bit. After the last day of the scenario `running` is
    false. Raises InputError when any of it cannot be.
    """

    def __init__(
        self,
        scenario: str | scenarios.Scenario = "donghu",
        *,
        policies: str | Sequence[Policy | str] = (),
        rng: scenarios.Seeding = scenarios.OWN_SEED,
        population: Population | None = None,
        network: networks.Network | None = None,
        number: int | None = None,
        order: Order | None = None,
        **parameters: float,
    ) -> None:
        settings = scenarios.settings_of(scenario, policies, rng, parameters)
        settings = community_scenario(settings, number)
        super().__init__(settings, number, order)
        people = population
        if people is None:
            people = populate(self.place, self.parameters, self.seed, self.number)
        people.check()
        ties = networks.build(people, self.parameters, self.seed) if network is None else network
        ties.check(len(people))
        settle(self, people, ties)
        self._set_clock()  # whoever is asked before the first day answers as on its morning
        self.totals = Totals.of(people, self.place, len(self.posts), len(self.firms))
        self.records: list[tuple[int, ...]] = []
        self.durations: list[NDArray[np.int64]] = []
        self.shares: list[Shares] = []
        self.datacollector = DataCollector(model_reporters=_reporters())
        self.interventions: dict[int, list[Intervention]] = {}

    def step(self) -> None:
        """One day: the phases of `model.day.DAY`, in order."""
        self.begin_day()
        for phase in phases.DAY:
            phase(self)
        self.end_day()

    def begin_day(self) -> None:
        """What the day alone decides, before its phases."""
        if self.day % YEAR == 0 and self.day > 0:
            self._new_year()
        self._set_clock()
        for do in self.interventions.get(self.day, ()):
            do(self)

    def on(self, day: int, do: "Intervention") -> Self:
        """Let a function do something to the community on a morning, before anything else happens that day.

        day: counted from the end of the burn-in, as policies count. A copy by pickle needs a function that a
        module holds. Raises InputError for a morning that is over.
        """
        at = count_of("day", day, -self.settings.burn_in) + self.settings.burn_in
        if at < self.day:
            today = self.day - self.settings.burn_in
            raise InputError(f"day {day} is over: this is the morning of day {today}")
        self.interventions.setdefault(at, []).append(do)
        return self

    def end_day(self) -> None:
        """Keep the day's record; the next morning comes."""
        self._keep_record()
        self.day += 1
        self.running = self.day < self.settings.burn_in + self.settings.days

    # the record ---------------------------------------------------------------------------------------

    def _keep_record(self) -> None:
        """Keep today's record, and collect the measures."""
        self.records.append(_row(self.today))
        self.durations.append(np.bincount(self._resolved_after, minlength=MAX_DURATION))
        self.shares.append(self.hours.shares())
        self.last_day = self.window(self.day)
        self.datacollector.collect(self)

    def window(self, first: int = 0, last: int | None = None) -> Window:
        """The records of some days, to take measures of. first, last: from the first day of the run."""
        begin = max(0, first - self.since)
        end = len(self.records) if last is None else last - self.since
        rows = np.array(self.records[begin:end], dtype=np.int64).reshape(-1, len(COLUMNS))
        durations = np.sum(self.durations[begin:end], axis=0, dtype=np.int64)
        given = self.shares[end - 1] if end > 0 else NO_SHARES
        return Window(rows, durations, given, self.totals)

    def measures(self) -> dict[str, float]:
        """Every measure over the days after the burn-in; nan throughout until one of them has passed."""
        return all_of(self.window(self.settings.burn_in))

    def daily(self) -> pd.DataFrame:
        """Every measure day by day, tidy: day, measure, unit, value. Day 0 is the first after the burn-in."""
        return daily_table(self.datacollector.get_model_vars_dataframe(), self.settings.burn_in - self.since)

    def run(self, progress: Callable[[], None] | None = None) -> Self:
        """Run to the end of the scenario: the burn-in and its days. progress: called after each day."""
        return self.run_to(self.settings.burn_in + self.settings.days, progress)

    def run_to(self, day: int, progress: Callable[[], None] | None = None) -> Self:
        """Run until the morning of a day, counted from the first day of the run. progress: as in `run`."""
        while self.day < day:
            self.step()
            if progress is not None:
                progress()
        return self

    def branch(self, policies: str | Sequence[Policy | str]) -> Self:
        """A twin that goes on from today with further policies: the same people, the same luck.

        Raises InputError for a policy that should have acted before today.
        """
        settings = scenarios.branched(self.settings, policies_from(policies), self.day)
        twin = copy.deepcopy(self)
        twin.settings = settings
        bring_systems(twin)
        return twin

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuilt, (type(self), flat(self))

    def __repr__(self) -> str:
        return cards.line(self)

    def _repr_html_(self) -> str:
        return cards.run_card(self)

    def card_of(self, agent: Any) -> str:
        """An agent as HTML: its traits and states this morning, in the words of `agents.traits`."""
        traits = next((traits for of, traits in AGENTS.items() if agent in getattr(self, f"{of}s")), ())
        return cards.agent_card(agent, [(trait, _value(agent, trait.name)) for trait in traits])

    def columns(self, of: str = "resident") -> dict[str, NDArray[Any]]:
        """The state of all agents of a kind as columns. of: a name in `agents.traits.AGENTS`."""
        traits, listed = AGENTS[of], getattr(self, f"{of}s")
        return {t.name: np.array([_value(a, t.name) for a in listed], dtype=t.dtype) for t in traits}


Intervention = Callable[[Community], object]
"""What is done to a community on a morning; what it returns is not used."""


def _value(agent: Any, name: str) -> Any:
    value = getattr(agent, name)
    if name == "home":
        return -1 if value is None else value.number
    return value


def _reporters() -> dict[str, Callable[[Community], float]]:
    """For Mesa's DataCollector: each measure as of today."""
    return {name: partial(_measured_today, measure) for name, measure in MEASURES.items()}


def _measured_today(measure: Measure, community: Community) -> float:
    return measure.of(community.last_day)
