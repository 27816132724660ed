"""How a registered member comes to a post, and how he or she drifts away from it.

Members who register and are never matched to a post stand idle and decouple from the community
("Problems and remedies of urban community governance: Donghu"). Matching costs workers' hours, so the
number of members that can be matched is bounded by that time, not by the number of members.
"""

from linli.agents.chance import draws, pick
from linli.agents.compiled import rule
from linli.agents.decision import DRIFTS
from linli.agents.traits import SKILLS, TIMES, WEEKEND

SKILL_KINDS = len(SKILLS)
TIME_KINDS = len(TIMES)

BACK_TO_REGISTER = 0.5
"""Of the members who leave a post, so many go back to the register; the others decouple."""

# a member's state
ABSENT = 0  # not sunk here (today)
REGISTERED = 1  # on the register, without a post
MATCHED = 2  # serves in a post
DECOUPLED = 3  # registered on paper, out of reach
LEAVING = 4  # leaves the post today; nobody is found in this state

# methods of matching
NONE = 0
RANDOM = 1
SKILL = 2
SKILL_TIME_WISH = 3


@rule
def fit(same_skill, same_time, same_wish, other_skill, other_wish):
    """Fit of a member with a post [permille]: mean of skill, time and wish.

    same_*: whether they agree; other_skill, other_wish: what is left when they do not [0, 1]. Time either
    overlaps or does not. Hypothesis of the Donghu study: fit makes use and initiative.
    """
    skill = 1.0 if same_skill else other_skill
    time = 1.0 if same_time else 0.0
    wish = 1.0 if same_wish else other_wish
    return int(1000.0 * (skill + time + wish) / 3.0 + 0.5)


@rule
def drifts_of_four(seed, who, day):
    """The draws in (0, 1) by which four members drift on a day. who: key of any of the four, whose numbers
    differ in the last two bits only; the draws are in the order of their numbers."""
    return draws(seed, who >> 2, day, DRIFTS, 0)


@rule
def decouples(delta_I, accountability, u):
    """Whether an idle registered member drifts out of reach today. delta_I: [1/day]; accountability: [0, 1]
    keeps members on the books; u: draw in (0, 1)."""
    return u < delta_I * (1.0 - accountability)


@rule
def returns(delta_R, u):
    """Whether a decoupled member comes back to the register today. delta_R: [1/day]; u: draw in (0, 1)."""
    return u < delta_R


@rule
def leaves_post(delta_M, delta_q, q, u):
    """Whether a matched member leaves the post today. delta_M: [1/day]; delta_q: what a bad fit adds [1/day];
    q: fit [permille]; u: draw in (0, 1)."""
    return u < delta_M + delta_q * (1.0 - q / 1000.0)


@rule
def status_after(status, standing, q, delta_I, delta_R, delta_M, delta_q, accountability, u):
    """A member's status after a day on the register; LEAVING: out of the post, see `status_after_post`.

    Idle members decouple, decoupled ones return, matched ones may leave; who is absent or leads a party group
    (standing) stays what he or she is. q: fit with the post [permille]; u: draw in (0, 1); the rest as in
    `decouples`, `returns` and `leaves_post`.
    """
    if standing:
        return status
    if status == REGISTERED and decouples(delta_I, accountability, u):
        return DECOUPLED
    if status == DECOUPLED and returns(delta_R, u):
        return REGISTERED
    if status == MATCHED and leaves_post(delta_M, delta_q, q, u):
        return LEAVING
    return status


@rule
def status_after_post(u):
    """What becomes of a member who left a post: back to the register, or out of reach. u: draw in (0, 1)."""
    return REGISTERED if u < BACK_TO_REGISTER else DECOUPLED


@rule
def member_of(u_time, u_wish, u_day):
    """When a new member is free, the wished kind of post (as a skill), and the day of the session.

    u_*: draws in (0, 1); each is equally likely.
    """
    time = pick(u_time, TIME_KINDS)
    return time, 1 + pick(u_wish, SKILL_KINDS - 1), pick(u_day, sessions_a_week(time))


@rule
def skill_of_sunk(u):
    """Skill of a member sent here by an employer: any but none, equally likely. u: draw in (0, 1)."""
    return 1 + pick(u, SKILL_KINDS - 1)


@rule
def can_match(bank, cost, idle, open_posts):
    """Whether one more member can be matched: time is saved up [minutes], and there is whom and where to."""
    return bank >= cost and idle > 0 and open_posts > 0


@rule
def given_back(given, bank, idle, open_posts):
    """Of today's matching minutes, those that go back to matters: where nobody or no post is left to match,
    what the bank still holds of them. given: today [minutes]; bank: after today's matches [minutes]."""
    return min(given, bank) if idle == 0 or open_posts == 0 else 0


@rule
def value_of_post(method, same_skill, q):
    """What a post is worth to a method of matching; the first of the best ones is chosen.

    RANDOM looks at nothing, SKILL at whether the skill agrees, SKILL_TIME_WISH at the fit q [permille].
    """
    if method == RANDOM:
        return 0
    return int(same_skill) if method == SKILL else q


@rule
def best_value(method):
    """The most that `value_of_post` can be: whoever finds such a post need not look on."""
    if method == RANDOM:
        return 0
    return 1 if method == SKILL else 1000


@rule
def session_minutes(hours, q):
    """Effective minutes of one weekly session. hours: promised [h]; q: fit [permille]."""
    return int(hours * 60.0 + 0.5) * q // 1000


@rule
def presence_minutes(hours, q, accountability):
    """Minutes of being seen that do nothing (tokenism, 打卡): accountability times what bad fit wastes."""
    return int(accountability * (int(hours * 60.0 + 0.5) * (1000 - q) // 1000) + 0.5)


@rule
def session_ask_minutes(effective, share):
    """Minutes of a session that go to asking residents. share: [0, 1]."""
    return int(effective * share + 0.5)


@rule
def has_session(day, time, session):
    """Whether a serving member's session is today. time: when free; session: which of the days, from 0."""
    return day % 7 == session + (5 if time == WEEKEND else 0)


@rule
def sessions_a_week(time):
    """Days a session can fall on: five weekdays, or the weekend."""
    return 2 if time == WEEKEND else 5


@rule
def beat_of(post, buildings):
    """Which building of its compound a post's beat is: where its member is seen.

    post: number in the compound; buildings: of the compound, at least one [count].
    """
    return post % buildings


@rule
def post_skill(post):
    """The skill a post asks for; it follows from its number, so that posts of every kind are everywhere."""
    return 1 + post % (SKILL_KINDS - 1)


@rule
def post_time(post):
    """When a post is served."""
    return post // (SKILL_KINDS - 1) % TIME_KINDS
