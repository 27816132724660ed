"""A resident: sees neighbours and open matters, decides whether to take part, learns what came of it."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draw, draws
from linli.agents.rules.acquaintance import become_acquainted, lose_touch
from linli.agents.rules.asking import NOBODY, NOT_ASKED, ORGANISATION, ask_level, ask_source, stamp
from linli.agents.rules.bout import bout_minutes, free_this_week, service_outcome, week_of
from linli.agents.rules.emergency import appeal_of_turning_out
from linli.agents.rules.fatigue import fatigue_after
from linli.agents.rules.habit import habit_after
from linli.agents.rules.learning import (
    HOME_EFFICACY,
    USUAL_TRUST,
    discouraged,
    efficacy_after,
    efficacy_at_home,
    encouraged,
    quanta,
    trust_after,
)
from linli.agents.rules.occasion import MEETING
from linli.agents.rules.participation import appeal_perceived, could_take_part, takes_part
from linli.agents.rules.property_service import USUAL_SATISFACTION, satisfaction_after
from linli.agents.rules.rest import rest_of, rests_since
from linli.agents.rules.reward import drag_of_wear, is_rewarded, worn_after
from linli.agents.rules.social_organisation import worth_of_service
from linli.agents.rules.voice import readiness, standard_readiness, unheard_after
from linli.agents.rules.volunteering import left_unanswered, registers
from linli.agents.traits import BY_RESIDENT, CHILD, NEVER, STARTS, sum_of


class Resident(Actor):
    """A person who lives here. The names of the attributes are those of `agents.traits.RESIDENT`.

    number: local id; key: entity of the draws; home_compound, home_building: the places; ties: the neighbours
    known; made_ties: those whom acting made acquainted; meeting: whether today's act is a meeting of the
    council or in an open room; worked_on: the matter that the last act went to, None if to general service;
    leader: the social organisation that asked last.
    """

    household: int
    age: int
    tenure: int
    party: bool
    free_minutes: int
    skill: int
    theta: float
    efficacy: float
    trust: float
    satisfaction: float
    fatigue: float
    habit: float
    last_acted: int
    heard: int
    registered: int
    serving: bool
    minutes_year: int
    week: int
    minutes_week: int
    unheard: int
    predecessors: int
    worn: float
    turned_out: int

    def __init__(
        self, model: Any, number: int, key: int, compound: Any, building: Any, **traits: Any
    ) -> None:
        super().__init__(model)
        self.number = number
        self.key = key
        self.home_compound = compound
        self.home_building = building
        for name, value in {**STARTS, **traits}.items():
            setattr(self, name, value)
        self.ties: list[Resident] = []
        self.made_ties: list[Resident] = []
        self.meeting = False
        self.worked_on: Any = None
        self.leader: Any = None

    @property
    def is_adult(self) -> bool:
        """Only adults are asked, act and learn."""
        return self.age != CHILD

    @property
    def compound(self) -> int:
        """Number of the compound."""
        return self.home_compound.number

    @property
    def building(self) -> int:
        """Number of the building."""
        return self.home_building.number

    @property
    def next_occasion(self) -> int:
        """The next candidate day, from the community's diary; -1 for children."""
        return int(self.model.diary.next[self.number])

    @property
    def ties_made(self) -> int:
        """How many ties acting made."""
        return len(self.made_ties)

    def knows(self, other: "Resident") -> bool:
        """Whether somebody is a tie, by whatever way."""
        return other in self.ties or other in self.made_ties

    # asked and deciding -------------------------------------------------------------------------------

    def hear(self, level: int, day: int, source: int = NOBODY) -> None:
        """Be asked to take part. The strongest ask of the day counts; children are not asked. source: who
        asks."""
        if self.age == CHILD:
            return
        if self.heard <= self.model.unasked:
            self.model.asked.append(self)
        self.heard = max(self.heard, stamp(day, level, source))

    def occasion_rates(self) -> tuple[float, float, float]:
        """The own rate of occasions today, what it would be without rooms, and without the council too
        [1/day]."""
        rate, roomless, ordinary = self.model.occasions.rates_of(self)
        return float(rate), float(roomless), float(ordinary)

    def seen_of(self, ties: list["Resident"]) -> tuple[int, int]:
        """What I see of ties: how many acted lately, and how many serve as party members."""
        since = self.model.active_since
        active = serving = 0
        for tie in ties:
            if tie.serving:
                serving += 1
            elif tie.last_acted >= since:
                active += 1
        return active, serving

    def perceives(self, day: int) -> tuple[Any, ...]:
        """What the appeal of acting depends on today: the arguments of `terms_perceived`."""
        p = self.model.parameters
        active, serving = self.seen_of(self.ties)
        made_active, made_serving = self.seen_of(self.made_ties)
        level = ask_level(self.heard, day) if self.heard > self.model.unasked else NOT_ASKED
        since = day - self.last_acted
        return (
            self.theta, p.J, active, serving, len(self.ties), p.w_P, level, p.A_stranger, p.A_known,
            p.E, self.efficacy, p.tau, self.trust, self.fatigue, self.model.fatigue_left(since),
            p.b_h, self.habit, self.model.habit_left(since),
            p.seen, self.home_building.serving(self.model.posts.free), p.chi,
            made_active, made_serving, len(self.made_ties),
            self.model.pull_of_reward, drag_of_wear(p.b_w, self.worn, self.model.worn_left(since)),
        )  # fmt: skip

    def appeal_of_acting(self, day: int) -> float:
        """What speaks for acting today."""
        return appeal_perceived(*self.perceives(day))

    def still_rests(self, day: int) -> bool:
        """Whether the own rest since the last act is not over."""
        if self.last_acted < self.model.rests_since:
            return False
        p = self.model.parameters
        rest = rest_of(p.R, p.rest_motive, self.theta, p.theta_mean, p.sigma)
        return bool(self.last_acted >= rests_since(day, rest))

    def deliberate(self, day: int, kind: int, u: float) -> bool:
        """Decide from the state at the start of the day. True if the resident acts.

        kind: of today's candidate occasion, NO_OCCASION for who is only asked; u: draw.
        """
        if self.still_rests(day):
            return False
        p, asked = self.model.parameters, self.heard > self.model.unasked
        self.meeting = kind == MEETING and not asked
        self.model.today.occasions += 1
        if not could_take_part(
            self.theta, p.J, p.A_stranger, p.A_known, asked, p.E, self.efficacy, p.tau, self.trust, p.b_h,
            self.model.rewards_at_most, u,
        ):  # fmt: skip
            return False
        return takes_part(self.appeal_of_acting(day), u)

    def commit(self, day: int) -> None:
        """Carry the act into the state, after everybody has decided. A meeting tires as much as the act."""
        p, today, points = self.model.parameters, self.model.today, self.model.levers.points
        since = day - self.last_acted
        self.worn = worn_after(self.worn, self.model.worn_left(since), p.eta_w, points)
        self._has_acted(day, self.meeting)
        today.acts_rewarded += is_rewarded(points)
        if self.heard > self.model.unasked:
            today.acts_asked += 1
        else:
            today.acts_spontaneous += 1

    def _has_acted(self, day: int, meeting: bool) -> None:
        """What acting leaves behind: fatigue, habit, and that neighbours remember it."""
        p, since = self.model.parameters, day - self.last_acted
        self.fatigue = fatigue_after(self.fatigue, self.model.fatigue_left(since), p.phi, meeting)
        self.habit = habit_after(self.habit, self.model.habit_left(since), p.eta_h)
        self.last_acted = day
        self.model.last_acts[self.number] = day

    # an emergency -------------------------------------------------------------------------------------

    def is_willing_to_turn_out(self, day: int) -> bool:
        """Decide, from the state in the morning, whether to turn out for the round that begins today."""
        p, u = self.model.parameters, draw(self.model.seed, self.key, day, decision.TURNS_OUT, 0)
        registered = self.registered > NEVER
        appeal = appeal_of_turning_out(self.appeal_of_acting(day), p.rally, p.rally_register, registered)
        return bool(takes_part(appeal, u))

    def turns_out(self, day: int) -> None:
        """Turn out, when everybody has decided: one act for the whole round."""
        self._has_acted(day, False)
        self.turned_out = day + 1
        self.model.today.turned_out += 1

    def sees_emergency_end(self, outcome: float) -> None:
        """It was done in time (1) or not (0)."""
        self._set("trust", trust_after(self.trust, outcome, self.model.parameters.eta_em))

    def gives_time(self, minutes: int) -> None:
        """Minutes count among those of the year."""
        self.model.hours.move(self.minutes_year, self.minutes_year + minutes)
        self.minutes_year += minutes

    # the act ------------------------------------------------------------------------------------------

    def is_led(self, day: int) -> bool:
        """Whether an organisation asked for today's act, and nobody closer; the organisation counts it."""
        if ask_source(self.heard, day) != ORGANISATION:
            return False
        self.leader.leads()
        return True

    def serve(self, day: int) -> None:
        """One bout: to the oldest open matter in sight, or to general service; what is left over too."""
        model, p, today = self.model, self.model.parameters, self.model.today
        u1, u2, choice, worth = draws(model.seed, self.key, day, decision.BOUT, 0)
        given, free = free_this_week(day, self.week, self.minutes_week, self.free_minutes)
        minutes = bout_minutes(p.bout_median, p.bout_spread, u1, u2, free)
        self.week, self.minutes_week = week_of(day), given + minutes
        left, matters, self.worked_on = minutes, self.home_compound.matters, None
        worth_it = worth_of_service(p.y_service, p.y_led, self.is_led(day))
        if choice < p.mu_m:
            left = model.work_down(matters, minutes, BY_RESIDENT, skill=self.skill, by=self)
        today.resident_matter_minutes += minutes - left
        today.resident_service_minutes += left
        self.home_building.service += left
        if left == minutes:
            model.experiences.append((self, service_outcome(worth_it, worth)))
        if self.meeting:
            today.meetings += 1
            today.meeting_minutes += model.meeting_minutes
            minutes += model.meeting_minutes
        self.gives_time(minutes)

    # acquaintance -------------------------------------------------------------------------------------

    def meets(self, other: "Resident", u: float) -> None:
        """Meet somebody in acting, and become acquainted or not. u: draw."""
        made, made_by_other = len(self.made_ties), len(other.made_ties)
        if become_acquainted(self.model.parameters.bond, self.knows(other), made, made_by_other, u):
            self.made_ties.append(other)
            other.made_ties.append(self)
            self.model.ties_made += 1

    def parts_from(self, other: "Resident") -> None:
        """An acquaintance from acting ends."""
        self.made_ties.remove(other)
        other.made_ties.remove(self)
        self.model.ties_made -= 1

    def loses_touch(self, day: int) -> None:
        """Acquaintances end where neither has acted for long."""
        for other in self.made_ties.copy():
            if lose_touch(day, self.last_acted, other.last_acted, self.model.parameters.bond_lasts):
                self.parts_from(other)

    # learning -----------------------------------------------------------------------------------------

    def learns(self, lesson: float) -> None:
        """Own experience: what it was worth, see `agents.rules.learning`."""
        p = self.model.parameters
        self._set("efficacy", efficacy_after(self.efficacy, lesson, p.eta_e, p.xi, self.model.levers.council))

    def sees_neighbours_solve(self) -> None:
        """Neighbours solved a matter in the house."""
        self._set("efficacy", encouraged(self.efficacy, self.model.parameters.eta_o))

    def sees_others_solve(self) -> None:
        """Only an organised force solved it (包办)."""
        self._set("efficacy", discouraged(self.efficacy, self.model.parameters.omega))

    def drifts_home(self, left: float) -> None:
        """A month passes: of efficacy's distance from its usual level a share is left."""
        self._set("efficacy", efficacy_at_home(self.efficacy, HOME_EFFICACY, left))

    def learns_fate(self, outcome: float) -> None:
        """A matter of mine ended: truly resolved (1) or not (0)."""
        self._set("trust", trust_after(self.trust, outcome, self.model.parameters.eta_T))

    def chose_what_is_needed(self, weight: float) -> None:
        """The fund went to the greatest need of my compound. weight: of the residents in the choice."""
        self._set("trust", trust_after(self.trust, 1.0, self.model.parameters.eta_T * weight))

    def learns_whether_heard(self, resolved: bool, was_reported: bool) -> None:
        """A matter of mine ended: was there any use in having reported it?"""
        self.unheard = unheard_after(self.unheard, resolved, was_reported)

    def readiness_to_report(self) -> float:
        """How ready I am to report: a fixed trait, a stake in the home, and whether I was heard."""
        model, p = self.model, self.model.parameters
        z = standard_readiness(model.seed, self.key, self.predecessors) if p.sigma_v > 0.0 else 0.0
        found: float = readiness(p.theta_v, p.sigma_v, z, p.owner_v, self.tenure, p.beta_v, self.unheard)
        return found

    def experiences_property(self, experience: float) -> None:
        """The firm's effort of the month [0, 1], or the fate of an own property matter (1 or 0)."""
        self._set(
            "satisfaction", satisfaction_after(self.satisfaction, experience, self.model.parameters.eta_S)
        )

    def stays_unanswered(self) -> None:
        """A volunteer waits for a call, and nobody has the time for it."""
        self._set("efficacy", left_unanswered(self.efficacy, self.model.parameters.unanswered))

    def registers_after_act(self, day: int) -> bool:
        """Whether this act leads onto the register of volunteers."""
        if self.registered > NEVER:
            return False
        u = draw(self.model.seed, self.key, day, decision.REGISTERS, 0)
        return registers(self.model.parameters.rho_v, u)

    # moving house -------------------------------------------------------------------------------------

    def is_replaced(self, theta: float) -> None:
        """Somebody else moves in: the same home, household role and ties, a new motive and no history."""
        for other in self.made_ties.copy():
            self.parts_from(other)
        self.theta = theta
        self.fatigue = self.habit = self.worn = 0.0
        self.last_acted = NEVER
        self.model.last_acts[self.number] = NEVER
        self.heard = self.turned_out = 0
        self.week, self.minutes_week = -1, 0
        self.unheard = 0
        self.predecessors += 1
        self.model.hours.move(self.minutes_year, 0, person=self.is_adult)
        self.minutes_year = 0
        if self.registered > NEVER:
            self.model.volunteer_of[self.number].remove()
        if self.is_adult:
            self._set("efficacy", HOME_EFFICACY)
            self._set("trust", USUAL_TRUST)
            self._set("satisfaction", USUAL_SATISFACTION)

    # the sums of states are kept while they change: adding 13,111 numbers a day would cost more than the day

    def _set(self, name: str, value: float) -> None:
        self.model.sums[sum_of(name)] += quanta(value) - quanta(getattr(self, name))
        setattr(self, name, value)
