"""A contagion as Mesa agents: people who look at their neighbours and ask the rule.

The same rules and draws as the compiled loops, and nothing else of them: here everybody looks at all of the
neighbours every day, and all decide before anybody changes. Slow, and the check of the fast way. Social
interaction is a theory world, whose residents decide as they do in any community.
"""

import mesa
import numpy as np
from numpy.typing import NDArray

from linli.agents.chance import draw, key
from linli.agents.decision import CATCHES
from linli.agents.rules.contagion import infected_after, is_convinced
from linli.agents.traits import NEVER
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.network import Network
from linli.model.theory.sis import SIS
from linli.model.theory.social_interaction import SocialInteraction
from linli.model.theory.spread import Contagion, Rule
from linli.model.theory.thresholds import Thresholds
from linli.model.theory.ties import Ties
from linli.model.theory.world import theory_world


class Person(mesa.Agent):
    """Somebody with neighbours. number: row of the network; key: entity of the draws."""

    def __init__(self, model: "PeopleModel", number: int, active: bool) -> None:
        super().__init__(model)
        self.number, self.key = number, key(0, number)
        self.active = self.will_be_active = active
        self.neighbours: list[Person] | None = None

    def active_neighbours(self) -> int:
        """How many neighbours are active [count]; without a list of them, everybody else is one."""
        if self.neighbours is None:
            return sum(other.active for other in self.model.people if other is not self)
        return sum(other.active for other in self.neighbours)

    def decide(self) -> None:
        """Look, and make up one's mind."""
        self.will_be_active = self.is_active_tomorrow(self.active_neighbours())

    def is_active_tomorrow(self, active: int) -> bool:
        """What follows from so many active neighbours."""
        raise NotImplementedError

    def commit(self) -> None:
        """What was decided becomes so."""
        self.active = self.will_be_active


class Follower(Person):
    """Joins once enough neighbours have, and stays. needed: how many [count]."""

    needed: int

    def is_active_tomorrow(self, active: int) -> bool:
        """As the rule says; who is active remains so."""
        return self.active or bool(is_convinced(active, self.needed))


class Patient(Person):
    """Is infected by neighbours, and recovers."""

    def is_active_tomorrow(self, active: int) -> bool:
        """As the rule says, by a draw of the day."""
        rule, u = self.model.rule, draw(self.model.seed, self.key, self.model.today, CATCHES, 0)
        return bool(infected_after(self.active, active, rule.beta, rule.delta, u))


class PeopleModel(mesa.Model):
    """People on a network, as a Mesa model. people: in the order of the network; today: the day lived."""

    def __init__(self, ties: Ties, rule: SIS | Thresholds, active: NDArray[np.bool_], seed: int) -> None:
        super().__init__(rng=seed)
        self.rule, self.seed, self.today = rule, seed, 0
        kind = Patient if isinstance(rule, SIS) else Follower
        self.people: list[Person] = [kind(self, i, now) for i, now in enumerate(active.tolist())]
        if isinstance(rule, Thresholds):
            for person, needed in zip(self.people, rule.needed(ties).tolist(), strict=True):
                person.needed = needed
        if isinstance(ties, Network):
            for person in self.people:
                person.neighbours = [self.people[other] for other in ties.of(person.number).tolist()]

    def step(self) -> None:
        """A day: everybody decides, then everybody commits; in random order, which changes nothing."""
        self.agents.shuffle_do("decide")
        self.agents.shuffle_do("commit")
        self.today += 1


class ObjectContagion(Contagion):
    """Thresholds or infection as Mesa agents. model: the Mesa model."""

    def __init__(self, ties: Ties, rule: SIS | Thresholds, active: NDArray[np.bool_], seed: int) -> None:
        super().__init__(ties)
        self.model = PeopleModel(ties, rule, active, seed)

    @property
    def active(self) -> NDArray[np.bool_]:
        """Who is active now. Shape: people."""
        return np.array([person.active for person in self.model.people], dtype=np.bool_)

    def _live(self) -> int:
        self.model.step()
        return int(self.active.sum())


class WorldContagion(Contagion):
    """Social interaction as a theory world. model: the community."""

    def __init__(self, ties: Ties, rule: SocialInteraction, active: NDArray[np.bool_], seed: int) -> None:
        super().__init__(ties)
        began = np.where(active, -1, NEVER).astype(np.int32)
        self.model: Community = theory_world(
            ties, theta=rule.theta, J=rule.J, phi=rule.phi, delta_F=rule.delta_F, last_acted=began, seed=seed
        )

    @property
    def active(self) -> NDArray[np.bool_]:
        """Who acted yesterday. Shape: people."""
        acted = [person.last_acted == self.day - 1 for person in self.model.residents]
        return np.array(acted, dtype=np.bool_)

    def _live(self) -> int:
        self.model.step()
        return sum(person.last_acted == self.day for person in self.model.residents)


def as_objects(ties: Ties, rule: Rule, active: NDArray[np.bool_], seed: int) -> Contagion:
    """A contagion of Mesa agents. Raises InputError for a rule that no agent here follows."""
    if isinstance(rule, SocialInteraction):
        return WorldContagion(ties, rule, active, seed)
    if isinstance(rule, SIS | Thresholds):
        return ObjectContagion(ties, rule, active, seed)
    raise InputError(f"no Mesa agent follows a rule of type {type(rule).__name__}")
