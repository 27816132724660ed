"""A party member on the community's register: directly managed, or sunk here by an employer."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draw, draws, pick
from linli.agents.resident import Resident
from linli.agents.rules.asking import KNOWN, MEMBER, STRANGER
from linli.agents.rules.branches import (
    is_in_branch,
    leads_branch,
    matters_passed_over,
    share_that_decouples,
)
from linli.agents.rules.matching import (
    ABSENT,
    LEAVING,
    MATCHED,
    REGISTERED,
    beat_of,
    drifts_of_four,
    has_session,
    presence_minutes,
    session_ask_minutes,
    session_minutes,
    status_after,
    status_after_post,
)
from linli.agents.traits import BY_MEMBER


class PartyMember(Actor):
    """A member. The names of the attributes are those of `agents.traits.MEMBER`.

    number: local id, managed members first; home: the resident who this member is, or None; standing: leads
    a party group and serves for good; spells: posts held so far.
    """

    def __init__(
        self,
        model: Any,
        number: int,
        key: int,
        *,
        home: Resident | None,
        skill: int,
        time: int,
        wish: int,
        session: int,
        standing: bool,
        status: int,
    ) -> None:
        super().__init__(model)
        self.number = number
        self.key = key
        self.home = home
        self.skill = skill
        self.time = time
        self.wish = wish
        self.session = session
        self.standing = standing
        self.status = status
        self.post = -1
        self.q = 0
        self.spells = 0
        self.ask_bank = 0
        self.draw_lot()

    @property
    def is_idle(self) -> bool:
        """On the register, within reach, and without a post."""
        return self.status == REGISTERED

    @property
    def _order(self) -> int:
        """The number among sunk members, below 0 for those who are managed directly."""
        order: int = self.number - self.model.place.managed_members
        return order

    @property
    def is_in_branch(self) -> bool:
        """Whether a branch of sunk members counts this one."""
        return is_in_branch(self._order, self.model.in_branches)

    @property
    def leads_branch(self) -> bool:
        """Whether this member leads a branch of sunk members."""
        return leads_branch(self._order, self.model.in_branches, self.model.levers.branch_size)

    def draw_lot(self) -> None:
        """Lot in the matching lottery, and where the search for a post begins: new for every post held."""
        lot = draws(self.model.seed, self.key, 0, decision.MATCHES, self.spells)
        self.ticket, self._where = lot[0], lot[1]

    def first_post_to_look_at(self, posts: int) -> int:
        """Where the search for a post begins: anywhere, so that no compound comes first."""
        return pick(self._where, posts)

    # the register ------------------------------------------------------------------------------------

    def arrives(self) -> None:
        """Is sunk here: registered, and not yet doing anything."""
        self.status = REGISTERED

    def is_withdrawn(self) -> None:
        """Is called back by the employer."""
        self._leave_post()
        self.status = ABSENT

    def takes(self, post: int, q: int) -> None:
        """Is matched to a post with fit q [permille]."""
        self.model.posts.take(post)
        self.status, self.post, self.q = MATCHED, post, q
        self.spells += 1
        self.draw_lot()
        if self.home is not None:
            self.home.serving = True

    def drifts(self, day: int) -> None:
        """A day on the register: idle members decouple, decoupled ones return, matched ones may leave."""
        p, leave = self.model.parameters, self.model.share_that_leaves
        idle = p.delta_I
        if self.model.in_branches:
            idle *= share_that_decouples(self.is_in_branch, p.branch_keeps)
        u = drifts_of_four(self.model.seed, self.key, day)[self.number % 4]
        status = status_after(
            self.status, self.standing, self.q, idle, p.delta_R, p.delta_M * leave, p.delta_q * leave,
            self.model.levers.accountability, u,
        )  # fmt: skip
        if status == LEAVING:
            self._leave_post()
            self.model.today.posts_left += 1
            status = status_after_post(draw(self.model.seed, self.key, day, decision.DRIFTS, 1))
        self.status = status

    def moves_away(self) -> None:
        """The household moves; the member stays on the register and lives elsewhere."""
        if self.home is not None:
            self.home.serving = False
            self.home = None

    def _leave_post(self) -> None:
        if self.status == MATCHED:
            self.model.posts.leave(self.post)
            self.post, self.q, self.ask_bank = -1, 0, 0
            if self.home is not None:
                self.home.serving = False

    # service -----------------------------------------------------------------------------------------

    def has_session(self, day: int) -> bool:
        """One session a week, on a weekday or at the weekend as time allows."""
        return self.status == MATCHED and has_session(day, self.time, self.session)

    def asks(self, day: int) -> None:
        """The part of the session that goes to asking residents of the post's compound."""
        model, p = self.model, self.model.parameters
        minutes = session_ask_minutes(session_minutes(model.levers.hours, self.q), p.member_asks)
        model.today.member_ask_minutes += minutes
        self.ask_bank += minutes
        adults = model.compounds[model.posts.compound(self.post)].adults
        visit, leads = 0, self.leads_branch
        while self.ask_bank >= model.visit_minutes and adults:
            self.ask_bank -= model.visit_minutes
            u_who, u_finds, _, _ = draws(model.seed, self.key, day, decision.MEMBER_ASKS, visit)
            visit += 1
            other = adults[pick(u_who, len(adults))]
            if other is self.home:
                continue
            known = leads or (self.home is not None and self.home.knows(other))
            other.hear(KNOWN if known else STRANGER, day, MEMBER)
            model.today.member_asks += 1
            model.come_upon(other.home_building, u_finds)

    def works(self) -> None:
        """The rest of the session: the oldest reported matter in the compound that is not left to others of
        the branches, then general service."""
        model, p, today = self.model, self.model.parameters, self.model.today
        effective = session_minutes(model.levers.hours, self.q)
        minutes = effective - session_ask_minutes(effective, p.member_asks)
        compound = model.compounds[model.posts.compound(self.post)]
        matters = self._not_left_to_others(compound)
        left = model.work_down(matters, minutes, BY_MEMBER, skill=self.skill, fit=self.q)
        if compound.buildings:
            beat = beat_of(model.posts.in_compound(self.post), len(compound.buildings))
            compound.buildings[beat].service += left
        if self.standing:
            today.leader_minutes += effective
        today.member_matter_minutes += minutes - left
        today.member_service_minutes += left
        today.presence_minutes += presence_minutes(model.levers.hours, self.q, model.levers.accountability)

    def _not_left_to_others(self, compound: Any) -> list[Any]:
        """The matters of a compound from which this member takes the oldest: all, unless others of the
        branches come before today."""
        if not self.is_in_branch:
            return compound.matters
        turn = self.model.branch_turns[compound.number]
        self.model.branch_turns[compound.number] += 1
        waiting = [m for m in compound.matters if m.awaits_work and self.model.works_on(BY_MEMBER, m.kind)]
        return waiting[matters_passed_over(turn, len(waiting)) :]
