"""Does a resident who has an occasion take part?

Civic voluntarism (Verba, Schlozman & Brady 1995): people act because they can, because they want to, and
because somebody asked. The form is the discrete choice with social interaction of Brock & Durlauf (2001):
what speaks for acting adds up to an appeal, and the probability of acting is its logistic.
"""

from math import exp

import numpy as np

from linli.agents.compiled import rule
from linli.agents.rules.asking import ask_weight
from linli.agents.rules.habit import pull_of_habit
from linli.agents.rules.substitution import held_back
from linli.agents.traits import ELDER, OWNER, YOUNG


@rule
def active_share(active, serving, ties, w_P):
    """Weighted share of my ties who are active, 0 .. 1.

    active: ties who acted lately and are not serving members [count]; serving: ties who serve as party
    members [count]; ties: all of them [count]; w_P: weight of a serving member as a role model [-].
    Somebody without ties sees nobody: 0.
    """
    weight = ties + (w_P - 1.0) * serving
    return (active + w_P * serving) / weight if weight > 0.0 else 0.0


@rule
def share_from_made_ties(active, serving, ties, w_P, made_active, made_serving, made):
    """By how much the ties that acting made change the `active_share` [-1, 1].

    active, serving, ties: of the other ties, as in `active_share`; made_active, made_serving, made: likewise
    of the ties that acting made [count].
    """
    if made == 0:
        return 0.0
    with_them = active_share(active + made_active, serving + made_serving, ties + made, w_P)
    return with_them - active_share(active, serving, ties, w_P)


@rule
def share_from_beat(active, serving, ties, w_P, seen, on_beat):
    """By how much the members who serve in the own building raise the `active_share` [0, 1].

    seen: share of the residents who see such a member [0, 1]; on_beat: members who serve there [count]. A
    resident sees `seen` times so many on the average, wherever these live, and counts them as ties who serve.
    """
    met = seen * on_beat
    if met == 0.0:
        return 0.0
    return active_share(active, serving + met, ties + met, w_P) - active_share(active, serving, ties, w_P)


TERMS = (
    *("motive", "habit", "neighbours", "made_ties", "beat"),
    *("held_back", "ask", "efficacy", "trust", "fatigue"),
    *("reward", "worn"),
)
"""What an appeal is the sum of, in the order of the equation."""


@rule
def appeal_terms(
    theta, J, share, ask, E, efficacy, tau, trust, fatigue, habit, beat, excuse, made, reward, worn
):  # fmt: skip
    """The terms of the appeal, as utilities [-]: those of TERMS, in their order.

    theta: own motive; J, share: pull of active neighbours; ask: pull of having been asked (0 if not);
    E, efficacy: confidence that acting helps; tau, trust: trust that the community keeps its word;
    fatigue: tiredness from earlier acts; habit: pull of the habit; beat: share that members who serve in the
    building add; excuse: what is held back because they do; made: share that ties which acting made add;
    reward: pull of a reward for the act; worn: what earlier rewards have worn of the motive.
    Efficacy and trust count from 1/2, where they are neutral.
    """
    helps, keeps_its_word = E * (efficacy - 0.5), tau * (trust - 0.5)
    return (
        theta, habit, J * share, J * made, J * beat, -excuse, ask, helps, keeps_its_word, -fatigue,
        reward, -worn,
    )  # fmt: skip


@rule
def added_up(
    motive, habit, neighbours, made_ties, beat, held_back, ask, efficacy, trust, fatigue, reward, worn
):  # fmt: skip
    """The appeal as the sum of its terms [-], added in this order."""
    drawn = motive + habit + neighbours + made_ties + beat + held_back + ask + efficacy + trust + fatigue
    return drawn + reward + worn


@rule
def appeal(theta, J, share, ask, E, efficacy, tau, trust, fatigue, habit, beat, excuse, made, reward, worn):
    """What speaks for acting, as a utility [-]. The arguments are those of `appeal_terms`."""
    return added_up(
        *appeal_terms(
            theta, J, share, ask, E, efficacy, tau, trust, fatigue, habit, beat, excuse, made, reward, worn
        )
    )  # fmt: skip


@rule
def takes_part(appeal, u):
    """Whether a resident acts: true with probability 1 / (1 + exp(-appeal)). u: draw in (0, 1).

    Written without a division; below an appeal of -700 the answer is no (exp would overflow).
    Source: Brock & Durlauf 2001.
    """
    return u * (1.0 + exp(min(-appeal, 700.0))) < 1.0


@rule
def terms_perceived(
    theta, J, active, serving, ties, w_P, level, A_stranger, A_known,
    E, efficacy, tau, trust, fatigue, fatigue_left, b_h, habit, habit_left, seen, on_beat, chi,
    made_active, made_serving, made, reward, worn,
):  # fmt: skip
    """The terms of the appeal of acting, from what a resident perceives: those of TERMS, in their order.

    active, serving, ties, w_P, made*: as in `share_from_made_ties`; seen, on_beat: as in `share_from_beat`;
    level, A_*: as in `ask_weight`; fatigue, habit: as of the last act; *_left: the share of it that is left;
    b_h, chi: see `pull_of_habit` and `held_back`; reward, worn: see `pull_of_reward` and `drag_of_wear` of
    `agents.rules.reward`; the rest as in `appeal_terms`.
    """
    share = active_share(active, serving, ties, w_P)
    from_made = share_from_made_ties(active, serving, ties, w_P, made_active, made_serving, made)
    beat = share_from_beat(active + made_active, serving + made_serving, ties + made, w_P, seen, on_beat)
    return appeal_terms(
        theta, J, share, ask_weight(level, A_stranger, A_known), E, efficacy, tau, trust,
        fatigue * fatigue_left, pull_of_habit(b_h, habit, habit_left), beat, held_back(chi, on_beat),
        from_made, reward, worn,
    )  # fmt: skip


@rule
def appeal_perceived(
    theta, J, active, serving, ties, w_P, level, A_stranger, A_known,
    E, efficacy, tau, trust, fatigue, fatigue_left, b_h, habit, habit_left, seen, on_beat, chi,
    made_active, made_serving, made, reward, worn,
):  # fmt: skip
    """The appeal of acting, from what a resident perceives. The arguments are those of `terms_perceived`."""
    return added_up(
        *terms_perceived(
            theta, J, active, serving, ties, w_P, level, A_stranger, A_known,
            E, efficacy, tau, trust, fatigue, fatigue_left, b_h, habit, habit_left, seen, on_beat, chi,
            made_active, made_serving, made, reward, worn,
        )
    )  # fmt: skip


_STEPS = np.arange(1, 1024) / 1024
_LEAST_APPEAL = np.concatenate([[-np.inf], np.log(_STEPS) - np.log1p(-_STEPS)])
"""What an appeal has to exceed for a yes, by equal steps of the draw: at the lowest draw of each step. Looked
up, because this is asked of many more than act."""


@rule
def could_take_part(theta, J, A_stranger, A_known, asked, E, efficacy, tau, trust, b_h, rewards, u):
    """Whether somebody might act whatever the neighbours do: if not, there is no use in looking around.

    Taken are the own motive, efficacy and trust as they are, and of the rest the most that can speak for
    acting: every tie is active, the habit is complete, nothing tires or holds back. asked: whether somebody
    asks; rewards: see `most_of_rewards` of `agents.rules.reward`; u: as in `takes_part`, whose answer is no
    where this is; the others as in `terms_perceived`.
    """
    ask = max(abs(A_stranger), abs(A_known)) if asked else 0.0
    others = abs(J) + abs(b_h) + ask + rewards
    rounding = 1e-6 + 1e-9 * others
    most = theta + E * (efficacy - 0.5) + tau * (trust - 0.5) + others + rounding
    return most > _LEAST_APPEAL[int(u * len(_LEAST_APPEAL))]


@rule
def active_since(day, window):
    """Who acted on this day or later is remembered as active on `day`. window: days remembered."""
    return day - window


@rule
def probability(appeal):
    """The probability that `takes_part` is true: used where a share is wanted and not an event."""
    return 1.0 / (1.0 + exp(min(-appeal, 700.0)))


@rule
def motive_of(theta_mean, sigma, z, owner, elder, young, party, age, tenure, is_party):
    """A resident's own motive theta [-]: mean, dispersion and what the groups add.

    z: standard normal; owner, elder (60 and over), young (under 40), party: what belonging adds; age, tenure:
    codes of `agents.traits`; is_party: a party member. Source of the directions: CASS 2021 and the civic
    voluntarism literature.
    """
    is_owner, is_elder, is_young = tenure == OWNER, age >= ELDER, age <= YOUNG
    return theta_mean + sigma * z + owner * is_owner + elder * is_elder + young * is_young + party * is_party


ENGAGED_DAYS = 30
"""An adult who acted within so many days is engaged."""


@rule
def first_of_last(days, evening):
    """Who acted on this day or later acted within the last so many days, as seen on the evening of a day."""
    return evening - days + 1


@rule
def engaged_since(evening):
    """Who acted on this day or later is engaged on the evening of a day."""
    return first_of_last(ENGAGED_DAYS, evening)
