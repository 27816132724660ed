"""An emergency: see `linli.agents.emergency`. In ordinary times its parts look at a lever and return."""

from linli.agents import decision
from linli.agents.chance import draw, draws, key
from linli.agents.compiled import part
from linli.agents.rules.emergency import (
    NO_ROUND,
    NOT_TODAY,
    appeal_of_turning_out,
    coordination_minutes,
    doors_a_day,
    is_finished,
    is_reached,
    is_round_done,
    is_under_way,
    kept_its_word,
    members_who_come,
    most_coordinated,
    round_of_today,
    staff_of,
    urgent_minutes,
    who_visits,
)
from linli.agents.rules.learning import trust_after
from linli.agents.rules.matching import MATCHED, REGISTERED
from linli.agents.rules.participation import could_take_part, takes_part
from linli.agents.rules.work_time import WORKDAY, minutes
from linli.agents.traits import NEVER
from linli.model.array.optional import has_rows_of, in_systems
from linli.model.array.phases.acquaintance import meet_in_order
from linli.model.array.phases.deliberation import appeal_of_acting, has_acted
from linli.model.array.phases.rewards import rewards_at_most
from linli.model.array.phases.states import gives, set_trust

_is_prepared = has_rows_of("called")


@in_systems(False)
def in_emergency(w, now, c):
    """Whether ordinary matters wait today."""
    return is_under_way(w.com[c].rounds_begun, now.lev.rounds)


@in_systems()
def emergency_is_called(w, now, c):
    """In the morning an emergency begins or is over, or its next round begins: then residents decide whether
    they turn out for it, and those who do meet."""
    if _begins_round(w, now, c):
        _are_called(w, now, c)


@part
def _households(w, c):
    return w.com[c + 1].household - w.com[c].household


@part
def _is_round_done(w, now, c):
    return is_round_done(w.com[c].waiting, _households(w, c), now.lev.complete)


@part
def _is_finished(w, now, c):
    return is_finished(w.com[c].rounds_begun, now.lev.rounds, _is_round_done(w, now, c))


@part
def _begins_round(w, now, c):
    """True if a round begins today."""
    before, rounds = w.com[c].rounds_begun, now.lev.rounds
    a_round = round_of_today(before, rounds, _is_round_done(w, now, c))
    w.com[c].rounds_begun = a_round
    if a_round == NO_ROUND:
        w.com[c].began = w.com[c].round_began = w.com[c].waiting = w.com[c].door = 0
        return False
    if before == NO_ROUND:
        w.com[c].began = now.day
    if a_round == before or not is_under_way(a_round, rounds):
        return False
    w.com[c].round_began = now.day
    w.com[c].waiting = _households(w, c)
    return True


@part
def _stamp_of(w, c, i):
    """Where in `w.turned_out` a resident stands."""
    return w.com[c].called + i - w.com[c].resident


@part
def _are_called(w, now, c):
    """Every adult decides, from the state in the morning; then who turns out has acted, and meets those of
    the compound who do."""
    s, first, out = now.s, w.com[c].resident, 0
    for at in range(first, first + w.com[c].adults):
        i = w.adults[at]
        u = draw(now.seed, key(w.com[c].number, i - first), now.day, decision.TURNS_OUT, 0)
        s.deciding[out] = i
        out += _could_turn_out(w, now, i, u) and _is_willing(w, now, c, i, u)
    for at in range(out):
        has_acted(w, now, c, s.deciding[at], False)
        w.turned_out[_stamp_of(w, c, s.deciding[at])] = now.day + 1
    now.row.turned_out += out
    if now.p.bond > 0.0:
        _meet(w, now, c, out)


@part
def _could_turn_out(w, now, i, u):
    """Whether somebody might turn out whatever the neighbours do."""
    p, mind = now.p, w.mind[i]
    rally = p.rally + p.rally_register
    return could_take_part(
        mind.theta, p.J, p.A_stranger, p.A_known, False, p.E, mind.efficacy, p.tau, mind.trust, p.b_h,
        rewards_at_most(w, now) + rally, u,
    )  # fmt: skip


@part
def _is_willing(w, now, c, i, u):
    registered = w.registered[i] > NEVER
    appeal = appeal_of_acting(w, now, c, i)
    return takes_part(appeal_of_turning_out(appeal, now.p.rally, now.p.rally_register, registered), u)


@part
def _meet(w, now, c, out):
    """Who turned out meets in the compound, by lot. They stand in `now.s.deciding` in the order of homes."""
    s, first = now.s, w.com[c].resident
    for at in range(out):
        i = s.deciding[at]
        who = key(w.com[c].number, i - first)
        s.place[at], s.u_meets[at], _, _ = draws(now.seed, who, now.day, decision.ACQUAINTED, 1)
        s.beside[at] = i
        s.company[at] = w.buildings[w.building[i]].compound
    meet_in_order(w, now, c, out)


@in_systems(False)
def workers_leave_matters(w, now, c):
    """In an emergency workers do what cannot wait, and the rest of their day belongs to it. True if so."""
    now.so_far.emergency_minutes = 0
    if not is_under_way(w.com[c].rounds_begun, now.lev.rounds):
        return False
    workers, office = w.com[c + 1].worker - w.com[c].worker, urgent_minutes(now.p.urgent)
    now.row.office_minutes += workers * office
    now.so_far.emergency_minutes = workers * (WORKDAY - office)
    return True


@in_systems()
def doors_are_visited(w, now, c):
    """Whoever turned out is sent to doors, as far as somebody coordinates; then it may be decided whether it
    was in time."""
    if not is_under_way(w.com[c].rounds_begun, now.lev.rounds):
        return
    _try_doors(w, now, c, _send_visitors(w, now, c))
    outcome = kept_its_word(now.day, w.com[c].began, now.lev.emergency_days, _is_finished(w, now, c))
    if outcome != NOT_TODAY:
        first = w.com[c].resident
        for at in range(first, first + w.com[c].adults):
            i = w.adults[at]
            set_trust(w, c, i, trust_after(w.mind[i].trust, float(outcome), now.p.eta_em))


@part
def _send_visitors(w, now, c):
    """Staff of property firms first, then members, then residents, in the order of their numbers, and no more
    than doors can be tried; workers take doors with what coordinating leaves. Returns the tries that they
    make."""
    p, row = now.p, now.row
    each, a_day = doors_a_day(p.visit_hours, p.c_door), minutes(p.visit_hours)
    most = most_coordinated(p.span, w.com[c + 1].worker - w.com[c].worker)
    members, out = _members(w, now, c), _turned_out(w, now, c)
    tries = w.com[c].waiting * p.door_tries
    staff, wanted, sent = who_visits(tries, each, _staff(w, now, c), members, out, most)
    members = min(sent, members)
    for at in range(sent - members):
        i = now.s.deciding[at]
        gives(now, w.life[i].minutes_year, w.life[i].minutes_year + a_day)
        w.life[i].minutes_year += a_day
    pool = now.so_far.emergency_minutes
    row.emergency_worker_minutes += pool
    row.emergency_staff_minutes += staff * a_day
    row.emergency_member_minutes += members * a_day
    row.emergency_resident_minutes += (sent - members) * a_day
    row.visitors += staff + sent
    row.visitors_idle += wanted - sent
    own = pool - coordination_minutes(pool, sent, most)
    return (staff + sent) * each + own // minutes(p.c_door)


@part
def _members(w, now, c):
    """Members who come."""
    serving = idle = 0
    for m in range(w.com[c].member, w.com[c].created):
        serving += w.members[m].status == MATCHED
        idle += w.members[m].status == REGISTERED
    return members_who_come(serving, idle, now.p.idle_come)


@part
def _turned_out(w, now, c):
    """Who turned out for this round, in `now.s.deciding`. Returns how many."""
    first, out = w.com[c].resident, 0
    for at in range(first, first + w.com[c].adults):
        i = w.adults[at]
        now.s.deciding[out] = i
        out += is_reached(w.turned_out[_stamp_of(w, c, i)], w.com[c].round_began)
    return out


@part
def _staff(w, now, c):
    """Who turns out of property firms."""
    staff = 0
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        firm = w.compounds[place].firm
        if firm >= 0:
            staff += staff_of(w.compounds[place].people, now.p.staff, w.firms[firm].effort)
    return staff


@part
def _try_doors(w, now, c, tries):
    """Doors of households not yet reached, one after the other from where yesterday ended; those that stay
    closed are tried again when all others have been, so often as a day allows."""
    com, households, first_door, rows = w.com[c], _households(w, c), w.com[c].door, w.com[c].doorstep
    opened = 0
    for k in range(now.p.door_tries):
        for n in range(households):
            household = first_door + n if first_door + n < households else first_door + n - households
            if is_reached(w.reached[rows + household], com.round_began):
                continue
            if tries == 0:
                w.com[c].door = household
                _count_opened(w, now, c, opened)
                return
            tries -= 1
            now.row.doors_tried += 1
            u = draw(now.seed, key(com.number, household), now.day, decision.DOOR, k)
            if u < now.p.r_door:
                w.reached[rows + household] = now.day + 1
                opened += 1
    _count_opened(w, now, c, opened)


@part
def _count_opened(w, now, c, opened):
    w.com[c].waiting -= opened
    now.row.doors_opened += opened
    if w.com[c].rounds_begun == 1:
        now.row.doors_opened_first += opened
    elif w.com[c].rounds_begun == 2:
        now.row.doors_opened_second += opened


@in_systems()
def forget_turning_out(w, c, i):
    """Somebody else moves in."""
    if _is_prepared(w, c):
        w.turned_out[_stamp_of(w, c, i)] = 0


@in_systems()
def record_emergency(w, now, c):
    """Households in an emergency, and those where every round is done."""
    if is_under_way(w.com[c].rounds_begun, now.lev.rounds):
        now.row.households_in_emergency += _households(w, c)
    if _is_finished(w, now, c):
        now.row.households_finished += _households(w, c)
