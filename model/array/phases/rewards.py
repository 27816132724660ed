"""Rewards, where a policy brings them: they draw, they wear, and an allowance keeps people where they are."""

from linli.agents.compiled import part
from linli.agents.rules.learning import quanta
from linli.agents.rules.matching import MATCHED
from linli.agents.rules.participation import first_of_last
from linli.agents.rules.reward import (
    drag_of_wear,
    is_rewarded,
    most_of_rewards,
    pull_of_reward,
    share_that_leaves,
    worn_after,
)
from linli.agents.rules.volunteering import ACTIVE_DAYS
from linli.agents.traits import NEVER
from linli.model.array.optional import has_rows_of, in_systems
from linli.model.array.phases.states import left_since_act

_has_rewards = has_rows_of("rewarded")


@part
def _row_of(w, c, i):
    """Where in `w.worn` a resident stands."""
    return w.com[c].rewarded + i - w.com[c].resident


@in_systems(otherwise=(0.0, 0.0))
def reward_and_wear(w, now, c, i):
    """What a reward adds to somebody's appeal today, and what earlier ones take from it."""
    if not _has_rewards(w, c):
        return 0.0, 0.0
    left = left_since_act(w, now, i, now.k.worn_left)
    return pull_of_reward(now.p.b_r, now.lev.points), drag_of_wear(now.p.b_w, w.worn[_row_of(w, c, i)], left)


@in_systems(otherwise=0.0)
def rewards_at_most(w, now):
    """The most that rewards can add to anybody's appeal today."""
    return most_of_rewards(now.p.b_r, now.lev.points, now.p.b_w)


@in_systems()
def wear(w, now, c, i):
    """Somebody acts, for a reward or not; the day is not yet that of the last act."""
    if _has_rewards(w, c):
        at, left = _row_of(w, c, i), left_since_act(w, now, i, now.k.worn_left)
        w.worn[at] = worn_after(w.worn[at], left, now.p.eta_w, now.lev.points)
        now.row.acts_rewarded += is_rewarded(now.lev.points)


@in_systems()
def forget_rewards(w, c, i):
    """Somebody else moves in, whose motive is whole."""
    if _has_rewards(w, c):
        w.worn[_row_of(w, c, i)] = 0.0


@in_systems(otherwise=1.0)
def leaving(w, now):
    """The share of those who would leave a register or a post that does so in spite of today's allowance."""
    return share_that_leaves(now.lev.allowance, now.p.allowance_scale)


@in_systems()
def record_rewards(w, now, c, volunteers_active):
    """How worn motives are, and who gets an allowance: whoever serves and is an active volunteer, one."""
    if not _has_rewards(w, c):
        return
    worn = 0
    for at in range(w.com[c].resident, w.com[c].resident + w.com[c].adults):
        i = w.adults[at]
        of = w.worn[_row_of(w, c, i)]
        if of > 0.0:
            worn += quanta(of * left_since_act(w, now, i, now.k.worn_left))
    now.row.worn_quanta += worn
    if now.lev.allowance > 0.0:
        now.row.allowances += volunteers_active + _serving_besides(w, now, c)


@part
def _serving_besides(w, now, c):
    """Serving members who are not active volunteers as well."""
    lately, besides = first_of_last(ACTIVE_DAYS, now.day), 0
    for m in range(w.com[c].member, w.com[c].created):
        if w.members[m].status == MATCHED:
            home = w.members[m].home
            besides += home < 0 or w.registered[home] == NEVER or w.last_acted[home] < lately
    return besides
