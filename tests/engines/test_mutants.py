"""The tests of the engines are tested: a small change in one loop of the array engine must not dock.

A copy of the sources is changed in one line, and both engines of the copy are run without the compiler, which
must agree in the copy that is not changed: the array engine gives the same numbers compiled or interpreted.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import linli

ROOT = Path(linli.__file__).resolve().parent

DOCK = """
import dataclasses, hashlib, json
import numpy as np
from linli.agents.traits import AGENTS
from linli.model.city import City
from linli.model.community import Community
from linli.model.scenario import load

lane = load("lane")
busy = dataclasses.replace(
    lane.place, workers=5, households=400, sunk_members=40, organisations=7, units=9, department_hours=9
)
short = lane.but(place=busy, burn_in=3, days=62)
policies = (
    "match; council:start=2; platform:start=1,deadline=9; property; relieve:share=.6;"
    "sink:headcount=48,start=1,end=25,accountability=.5; ask:strategy=grandchildren,start=4;"
    "drive:share=.6,start=10,end=20; social:yuan=200,price=20,mobilise=.6,end=30; social:yuan=40,start=40;"
    "reward:points=20,allowance=200,start=5,end=40;"
    "contest:every=1,share=.7,best=.5,start=1,end=40; teach:share=.6,start=2;"
    "council:power=.6,decides=.7,start=12;"
    "appraise:by=record,start=22,end=40; appraise:start=45;"
    "fund:yuan=900,democratic=.5,start=2; committees:start=1,share=.8;"
    "branch:share=.9,size=4,start=1; units:share=.9,keep=.8,start=2,end=52;"
    "emergency:rounds=2,days=3,start=27,end=36; emergency:rounds=4,start=44,complete=.9;"
    "joint:coordination=.5,start=8,end=40"
)
given = dict(
    policies=policies, theta_mean=-4, R=2, W=10, arrivals=10, s0=.5, nu=.8, peer_ask=.2, c_m=.2, rho_v=1,
    moves=1, delta_M=.02, delta_V=.05, lapse_after=30, sunk_at_home=1,
    seen=.5, chi=.7, b_h=1, eta_h=.2, delta_h=.01, rest_motive=.5, weekend=1.4, bond=.5, bond_lasts=30,
    theta_s=0, prevent_sorting=1,
    sees_dead=0, discover=.6, sigma_v=1, owner_v=1, beta_v=.3, dilemma_of_building=1,
    prevent_service=1, b3=.8, needs_money=1, needs_department=.7,
    learn_at_end=1, expects=.8, eta_b=.3, thanked=.1, unanswered=.2, call_every=9, c_call=.1,
    org_hours=2, eta_k=.6, eta_i=.3, own_hours=20, y_led=.3, delta_works=.02, room_reach=.6,
    span=20, r_door=.4, door_tries=2, c_door=.4, visit_hours=1, idle_come=.3,
)
tables = City(short, **given).run()
objects = Community(short, **given).run()
same = np.array_equal(np.array(objects.records), tables.rows)
same = same and np.array_equal(np.array(objects.shares), np.array(tables.shares), equal_nan=True)
works = np.array([compound.works for compound in objects.compounds])
same = same and np.array_equal(works, tables.world.small_works)
for name in ("service", "service_before"):
    served = [getattr(building, name) for building in objects.buildings]
    same = same and served == tables.world.buildings[name].tolist()
queue = tables.world.order[: tables.world.com["open"][0]]
for name in ("funded", "stage", "handed", "due"):
    same = same and [getattr(m, name) for m in objects.queue] == tables.world.matters[name][queue].tolist()
digest = hashlib.sha256(tables.rows.tobytes())
for kind in AGENTS:
    mine, other = objects.columns(kind), tables.columns(kind)
    for name in mine:
        same = same and np.array_equal(mine[name], other[name])
        digest.update(np.ascontiguousarray(other[name], dtype=mine[name].dtype).tobytes())
print(json.dumps([bool(same), digest.hexdigest()]))
"""


def docks(folder: Path, compiled: bool) -> tuple[bool, str]:
    """Whether the engines of a folder agree, and a digest of what the array engine found."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "NUMBA_DISABLE_JIT": "0" if compiled else "1",
        "XDG_CACHE_HOME": str(folder / "cache") if folder != ROOT else os.environ.get("XDG_CACHE_HOME", ""),
    }
    command = [sys.executable, "-B", "-W", "error::RuntimeWarning", "-c", DOCK]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=3600
    )
    if not compiled and "IndexError" in done.stderr:
        return False, ""  # a number that leads out of its table
    assert done.returncode == 0, done.stderr
    same, digest = json.loads(done.stdout)
    return same, digest


MUTANTS = {
    "the last tie is not told": (
        "ties.py",
        "    if not w.serving[i]:\n        home = w.com[c].resident\n"
        "        first, last = tie_range(w, c, i)\n"
        "        for at in range(first, last):",
        "    if not w.serving[i]:\n        home = w.com[c].resident\n"
        "        first, last = tie_range(w, c, i)\n"
        "        for at in range(first, last - 1):",
    ),
    "a serving member stays active in the eyes of ties": (
        "ties.py",
        "        if active:\n            w.active_ties[home + w.ties[at]] -= change",
        "        if active and change < 0:\n            w.active_ties[home + w.ties[at]] -= change",
    ),
    "news is told twice": (
        "outcomes.py",
        "    w.buildings[building].encouragements = 0\n",
        "    w.buildings[building].encouragements = w.buildings[building].encouragements // 2\n",
    ),
    "a failed matter keeps its place in the compound": (
        "outcomes.py",
        "            leave_queue(w, x)\n            join_queue(w, x)\n",
        "",
    ),
    "a dead matter goes out of sight once more when it ends": (
        "outcomes.py",
        "    if in_sight(w, now, x):\n        sees(w, x, -1)\n    leave",
        "    sees(w, x, -1)\n    leave",
    ),
    "visits come upon shared matters alone": (
        "matters.py",
        "            in_house = w.matters[x].building == building\n",
        "            in_house = False\n",
    ),
    "who moves in is as unheard as who left": (
        "roles.py",
        "    w.life[i].unheard = 0\n",
        "",
    ),
    "members serve in no building": (
        "work.py",
        "        w.buildings[w.compounds[place].house + beat].service += left\n",
        "        w.buildings[w.compounds[place].house + beat].service += 0\n",
    ),
    "what others do is the firm's work": (
        "work.py",
        "        w.compounds[place].others_work += done\n",
        "        w.compounds[place].firm_work += done\n",
    ),
    "a matter needs something else at every attempt": (
        "outcomes.py",
        "draws(now.seed, who, 0, decision.NEEDS",
        "draws(now.seed, who, now.day, decision.NEEDS",
    ),
    "who rests may be asked": (
        "deliberation.py",
        "    return w.last_acted[i] >= rests_since(now.day, rest)\n",
        "    unasked = w.heard[i] <= stamp(now.day, NOT_ASKED)\n"
        "    return (w.last_acted[i] >= rests_since(now.day, rest)) & unasked\n",
    ),
    "all rest alike": (
        "deliberation.py",
        "rest = rest_of(now.p.R, now.p.rest_motive,",
        "rest = rest_of(now.p.R, 0.0 * now.p.rest_motive,",
    ),
    "the first post has no beat": (
        "beats.py",
        "    if w.beats[post] >= 0:\n",
        "    if w.beats[post] > 0:\n",
    ),
    "who leaves a post is still leaned upon": (
        "members.py",
        "        tell_beat(w, w.members[m].post, -1)\n",
        "",
    ),
    "who moves in brings the habit of who left": (
        "roles.py",
        "    w.habit[i] = 0.0\n",
        "",
    ),
    "weekends are for everybody": (
        "deliberation.py",
        "works = 1 if now.p.weekend != 1.0 and is_at_work(w, i) else 0",
        "works = 1 if now.p.weekend != 1.0 else 0",
    ),
    "the fifth drift of every four is the first": (
        "members.py",
        "        now.s.u_drifts[4 * four + 3] = d\n",
        "        now.s.u_drifts[4 * four + 3] = a\n",
    ),
    "who leaves a post is always on the register again": (
        "members.py",
        "status = status_after_post(draw(now.seed, who, now.day, decision.DRIFTS, 1))",
        "status = REGISTERED",
    ),
    "a post is left and stays taken": (
        "members.py",
        "        w.free[w.members[m].post] = True\n        w.com[c].free_posts += 1\n",
        "",
    ),
    "outreach goes to the first worker": (
        "work.py",
        "share_of(left, workers, k)",
        "(left if k == 0 else 0)",
    ),
    "a session goes to two matters": (
        "work.py",
        "met < MEETS[actor]:",
        "met < 2 * MEETS[actor]:",
    ),
    "what comes first comes second": (
        "work.py",
        "    return given - work_down(w, now, c, place, given, actor, ALL_SKILLS, WHOLE_FIT, NOBODY, True)\n",
        "    return 0\n",
    ),
    "one firm is judged by the compounds of another": (
        "roles.py",
        "            felt += quanta(w.satisfaction[w.adults[k]])\n",
        "            felt += quanta(w.satisfaction[w.adults[first]])\n",
    ),
    "nobody reports for the record": (
        "work.py",
        "matter_minutes = workers * (matters - reporting)",
        "matter_minutes = workers * matters",
    ),
    "paper is as good as without an appraisal": (
        "outcomes.py",
        "    on_paper += _moved(w, now, on_paper)\n",
        "",
    ),
    "money that a matter got does not help": (
        "fund.py",
        "                w.matters[x].funded = 1\n",
        "                w.matters[x].funded = 0\n",
    ),
    "works do not fade": (
        "fund.py",
        "                w.small_works[at, kind] *= left\n",
        "                w.small_works[at, kind] *= 1.0\n",
    ),
    "one compound gets all the works": (
        "fund.py",
        "            if comes_behind and value > most:\n",
        "            if value > most:\n",
    ),
    "any choice is what is needed most": (
        "fund.py",
        "            if _may_spend(w, now, place) and _needs_most(w, now, place, kind):\n",
        "            if _may_spend(w, now, place):\n",
    ),
    "works prevent one kind as well as another": (
        "matters.py",
        "w.compounds[place].local, kind]\n",
        "w.compounds[place].local, 0]\n",
    ),
    "residents' own work makes a committee passive": (
        "committees.py",
        "    if actor not in (BY_RESIDENT, BY_FIRM):\n",
        "    if actor != BY_FIRM:\n",
    ),
    "a committee remembers the acts of other months": (
        "committees.py",
        "    committee.acts = 0\n",
        "",
    ),
    "members of branches all take the oldest matter": (
        "branches.py",
        "            turn += post_compound(w, c, other) == place\n",
        "            turn += 0\n",
    ),
    "whoever is in a branch leads it": (
        "branches.py",
        "leads_branch(_order_of(w, c, m), _members(now), now.lev.branch_size)",
        "leads_branch(_order_of(w, c, m), _members(now), 1)",
    ),
    "a room stays open": (
        "units.py",
        "        now.s.rooms[local] = False\n",
        "        now.s.rooms[local] |= False\n",
    ),
    "units on paper keep their word": (
        "units.py",
        "now.lev.units, now.lev.units_serve)",
        "now.lev.units, 1.0)",
    ),
    "a service day is given to the first building": (
        "work.py",
        "                w.buildings[house + k].service += share_of(left, houses, k)\n",
        "                w.buildings[house].service += share_of(left, houses, k)\n",
    ),
    "every unit does what an enterprise does": (
        "work.py",
        "pool, BY_UNIT + w.units[unit].trade)",
        "pool, BY_UNIT)",
    ),
    "need brings nobody into a room": (
        "deliberation.py",
        "p.council_occasions, council, p.mu, sight",
        "p.council_occasions, council, 0.0, sight",
    ),
    "a round begins before the last is done": (
        "emergency.py",
        "round_of_today(before, rounds, _is_round_done(w, now, c))",
        "round_of_today(before, rounds, True)",
    ),
    "every day begins at the first door": (
        "emergency.py",
        "                w.com[c].door = household\n",
        "                w.com[c].door = 0\n",
    ),
    "who turned out once is always there": (
        "emergency.py",
        "        out += is_reached(w.turned_out[_stamp_of(w, c, i)], w.com[c].round_began)\n",
        "        out += is_reached(w.turned_out[_stamp_of(w, c, i)], 0)\n",
    ),
    "who turned out does not meet anybody": (
        "emergency.py",
        "    if now.p.bond > 0.0:\n        _meet(w, now, c, out)\n",
        "",
    ),
    "who moves in has turned out": (
        "emergency.py",
        "        w.turned_out[_stamp_of(w, c, i)] = 0\n",
        "        w.turned_out[_stamp_of(w, c, i)] += 0\n",
    ),
    "every hand-over ends": (
        "departments.py",
        "is_due(now.day, w.matters[x].handed, p.handover_days)",
        "is_due(now.day, w.matters[x].handed, 1)",
    ),
    "what bounces is handed over on the same day": (
        "departments.py",
        "    w.matters[x].stage = stage_after(before, chance, u)\n    w.matters[x].handed = now.day\n",
        "    w.matters[x].stage = stage_after(before, chance, u)\n"
        "    w.matters[x].handed = now.day if w.matters[x].stage > before else w.matters[x].handed\n",
    ),
    "what a department did stays given up": (
        "departments.py",
        "        w.matters[x].need = w.matters[x].work\n",
        "        w.matters[x].need = 0\n",
    ),
    "a department keeps a slot's last matter": (
        "matters.py",
        "    w.matters[x].stage = NOT_CALLED\n",
        "",
    ),
    "a department's part is not seen": (
        "outcomes.py",
        "w.matters[x].stage == SERVED)",
        "w.matters[x].stage > SERVED)",
    ),
    "departments work in an emergency": (
        "departments.py",
        "    return w.com[c].department_minutes > 0 and not in_emergency(w, now, c)\n",
        "    return w.com[c].department_minutes > 0\n",
    ),
    "members serve in an emergency as ever": (
        "work.py",
        "    if not in_emergency(w, now, c):\n        _members_work(w, now, c)\n",
        "    _members_work(w, now, c)\n    if not in_emergency(w, now, c):\n",
    ),
    "a branch keeps the managed members too": (
        "branches.py",
        "    return m - w.com[c].managed\n",
        "    return m - w.com[c].member\n",
    ),
    "the newest matter of the queue is never met": (
        "work.py",
        "at + 1 if at + 1 < w.com[c].slot",
        "at + 1 if at + 2 < w.com[c].slot",
    ),
    "the second contributor is forgotten": (
        "matters.py",
        "    if n < REMEMBERED:",
        "    if n < 1:",
    ),
    "who is not reached does not mind": (
        "asking.py",
        "                set_efficacy(w, c, i, left_unanswered(w.mind[i].efficacy, now.p.unanswered))\n",
        "",
    ),
    "a drive registers who is on the register again": (
        "asking.py",
        "if w.registered[i] == NEVER and agrees",
        "if agrees",
    ),
    "children are asked": (
        "asking.py",
        "        if other != i and age_of(w, other) != CHILD:\n",
        "        if other != i:\n",
    ),
    "thanks look behind alone": (
        "work.py",
        "at + 1 < served and",
        "at + 1 < served - served and",
    ),
    "whoever worked on a failed attempt is forgotten before the matter ends": (
        "outcomes.py",
        "            w.matters[x].remembered = 0\n        forget_attempt",
        "        w.matters[x].remembered = 0\n        forget_attempt",
    ),
    "the matters of a month count in the next": (
        "roles.py",
        "    building.ended = 0\n",
        "",
    ),
    "the last in the order meets nobody": (
        "acquaintance.py",
        "    for at in range(1, n):\n        if s.company[at] ==",
        "    for at in range(1, n - 1):\n        if s.company[at] ==",
    ),
    "whoever acts in the compound meets": (
        "acquaintance.py",
        "        if s.company[at] == s.company[at - 1]:\n",
        "        if s.company[at] <= s.company[at - 1] + 2**30:\n",
    ),
    "one meets who has the next number": (
        "acquaintance.py",
        "        s.place[at - begin], s.u_meets[at - begin], _, _ = draws(",
        "        _, s.u_meets[at - begin], s.place[0], _ = draws(",
    ),
    "nobody meets in the council": (
        "acquaintance.py",
        "        if s.meeting[local]:\n",
        "        if s.meeting[local] and n < 1:\n",
    ),
    "an acquaintance is forgotten on one side": (
        "acquaintance.py",
        "            _forget(w, c, first + other, i - first)\n",
        "",
    ),
    "the last acquaintance takes the place of whoever is forgotten": (
        "acquaintance.py",
        "            w.made_ties[row, kept] = w.made_ties[row, k]\n",
        "            w.made_ties[row, kept] = w.made_ties[row, made - 1 - k]\n",
    ),
    "acquaintances never lose touch": (
        "acquaintance.py",
        "        if all_of_them or lose_touch(now.day, last, last_other, now.p.bond_lasts):\n",
        "        if all_of_them or lose_touch(now.day, now.day, last_other, now.p.bond_lasts):\n",
    ),
    "who moves in has the acquaintances of who left": (
        "roles.py",
        "    part_from(w, now, c, i, True)\n",
        "",
    ),
    "acquaintances who serve are active too": (
        "ties.py",
        "        active += (w.last_acted[other] >= since) & (not w.serving[other])\n    return",
        "        active += w.last_acted[other] >= since\n    return",
    ),
    "acquaintances are not asked": (
        "asking.py",
        "            which = pick(u_whom, ties + made)\n",
        "            which = pick(u_whom, max(ties, 1))\n",
    ),
    "members do not know their acquaintances": (
        "ties.py",
        "        found |= w.made_ties[circle_of(w, c, i), k] == local\n",
        "        found |= False\n",
    ),
    "bought time that is left stays for the next week": (
        "organisations.py",
        "    now.row.idle_minutes += one.bank + one.ask_bank - kept\n",
        "    now.row.idle_minutes += one.ask_bank - kept\n",
    ),
    "the last organisation does not end its week": (
        "organisations.py",
        "            _week_ends(w, now, o)\n",
        "            _week_ends(w, now, min(o, last - 4))\n",
    ),
    "services are bought where least is open": (
        "organisations.py",
        "            if need[speciality] > need[most]:\n",
        "            if need[speciality] < need[most]:\n",
    ),
    "an organisations own work is that of others": (
        "work.py",
        "    one.by_others -= now.s.fields[one.speciality, ORGANISED] - before\n",
        "",
    ),
    "an organisation asks one resident for all its matters": (
        "asking.py",
        "decision.ORGANISATION_ASKS, visit)\n        visit += 1\n",
        "decision.ORGANISATION_ASKS, visit)\n",
    ),
    "what is done yesterday is done again in every field": (
        "work.py",
        "    clear_fields(w, now)\n",
        "",
    ),
    "every act wears, rewarded or not": (
        "rewards.py",
        "now.p.eta_w, now.lev.points)",
        "now.p.eta_w, 1.0)",
    ),
    "who moves in is as worn as who left": (
        "rewards.py",
        "        w.worn[_row_of(w, c, i)] = 0.0\n",
        "        w.worn[_row_of(w, c, i)] *= 1.0\n",
    ),
    "who serves and is an active volunteer gets two allowances": (
        "rewards.py",
        "besides += home < 0 or w.registered[home] == NEVER or w.last_acted[home] < lately",
        "besides += 1",
    ),
    "an allowance keeps nobody in a post": (
        "members.py",
        "now.p, w.members[m], leaving(w, now)",
        "now.p, w.members[m], 1.0",
    ),
    "who moves in sorts as who left did": (
        "sorting.py",
        "        _set_sorts(w, at, s, 0)\n",
        "        _set_sorts(w, at, s, w.sorters[s].sorts)\n",
    ),
    "a household sees those of the house that have decided": (
        "sorting.py",
        "        _decides(w, now, c, s, house, share)\n",
        "        share = share_sorting(sorting + w.sorters[first].sorts, behind - first)\n"
        "        _decides(w, now, c, s, house, share)\n",
    ),
    "whoever moves into a child's place is taught as well": (
        "sorting.py",
        "decision.TAUGHT, w.life[i].predecessors)",
        "decision.TAUGHT, 0 * w.life[i].predecessors)",
    ),
    "all compounds compete": (
        "sorting.py",
        "        competing += w.compounds[place].rank <= now.lev.contest\n",
        "        competing += 1\n",
    ),
    "the last contest is never forgotten": (
        "sorting.py",
        "        if now.lev.contest == 0.0:\n",
        "        if now.lev.contest < 0.0:\n",
    ),
    "sorting prevents nothing": (
        "matters.py",
        "prevented_by_either(share, kept_from_arising(w, now, c, place))",
        "prevented_by_either(share, 0.0 * kept_from_arising(w, now, c, place))",
    ),
    "who moves in is remembered as active": (
        "roles.py",
        "    if w.last_acted[i] >= active_since(now.day, p.W):\n        tell_active(w, c, i, -1)\n",
        "",
    ),
}


def change(package: Path, mutant: str) -> None:
    name, line, instead = MUTANTS[mutant]
    file = package / "model" / "array" / "phases" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(line) == 1, f"{mutant}: {name} no longer has this line once"
    file.write_text(text.replace(line, instead), encoding="utf-8")


def test_the_unchanged_engine_docks_compiled_and_interpreted() -> None:
    """The same records and states to the last bit, with the compiler and without."""
    same, digest = docks(ROOT, compiled=True)
    assert same
    assert docks(ROOT, compiled=False) == (True, digest)
    assert digest != hashlib.sha256(b"").hexdigest()


FEW = list(MUTANTS)[:1]
"""Without the compiler each takes a while: one of them always, the others with the long tests."""


@pytest.mark.parametrize(
    "mutant", [*FEW, *(pytest.param(name, marks=pytest.mark.long) for name in list(MUTANTS)[1:])]
)
def test_a_change_in_a_loop_is_noticed(copy_sources, mutant: str, tmp_path: Path) -> None:
    change(copy_sources(tmp_path), mutant)
    assert not docks(tmp_path, compiled=False)[0]


@pytest.mark.long
def test_a_change_in_a_compiled_loop_is_noticed(copy_sources, tmp_path: Path) -> None:
    """Compiled afresh, with a cache of its own."""
    change(copy_sources(tmp_path), "news is told twice")
    assert not docks(tmp_path, compiled=True)[0]
