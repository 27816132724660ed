"""What differs first gets the credit: cases worked out by hand, roads switched off, and chains."""

import numpy as np
import pytest

from linli.agents.compiled import loop_in_place
from linli.agents.rules.asking import (
    ASKERS,
    KNOWN,
    MEMBER,
    NOT_ASKED,
    PEER,
    STRANGER,
    ask_level,
    ask_source,
    stamp,
)
from linli.agents.rules.participation import TERMS
from linli.model.attribution.chain import Chains
from linli.model.attribution.channels import CHANNELS, GROUPS, NAMES, NEED
from linli.model.attribution.crediting import class_of_minutes, classify
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.seen import compared, nothing_seen
from linli.model.attribution.trace import Trace
from linli.model.city import City
from linli.model.parameters import mechanisms_off
from linli.model.scenario import load

HIGHEST, E = 0.2, 2.0


def seen(**changed):
    """Somebody with an occasion who does not act: an appeal of -2 against a draw that takes one above -1.

    helps: the term of efficacy, whose name is that of the state.
    """
    one = nothing_seen(1)
    values = {"candidate": True, "rate": 0.1, "ordinary": 0.1, "efficacy": 0.5, "motive": -2.0} | changed
    for name, value in values.items():
        if name == "helps" or (name in TERMS and name != "efficacy"):
            one.terms[0, TERMS.index("efficacy" if name == "helps" else name)] = value
        else:
            getattr(one, name)[0] = value
    return one


U_ACTS = 1.0 / (1.0 + np.exp(1.0))
"""Who has an appeal above -1 acts."""


@loop_in_place
def classified(of, highest, E):
    """A door for Python."""
    classify(of, highest, E)


def class_between(a, b, u_occasion=0.25):
    of = compared(1, 0)._replace(a=a, b=b)
    of.so_far["many"], of.u_occasion[:], of.u_acts[:] = 1, u_occasion, U_ACTS
    classified(of, HIGHEST, E)
    return NAMES[of.classes[0]] if of.classes[0] >= 0 else None


def test_every_term_has_its_class():
    for term, channel in [
        ("neighbours", "example"),
        ("made_ties", "made_ties"),
        ("fatigue", "fatigue"),
        ("trust", "trust"),
        ("motive", "motive"),
    ]:
        assert class_between(seen(), seen(**{term: 1.5 - 2.0 * (term == "motive")})) == channel
        assert class_between(seen(**{term: 1.5 - 2.0 * (term == "motive")}), seen()) == channel


def test_an_ask_is_named_after_who_asked():
    by_member = seen(level=STRANGER, source=MEMBER, ask=1.5)
    assert class_between(seen(), by_member) == "asked_member"
    assert class_between(by_member, seen()) == "asked_member"
    closer = seen(level=KNOWN, source=PEER, ask=1.5)
    assert class_between(seen(level=STRANGER, source=MEMBER, ask=0.3), closer) == "asked_peer"
    assert class_between(seen(candidate=False), seen(candidate=False, level=KNOWN, source=PEER, ask=1.5)) == (
        "asked_peer"
    ), "an ask is an occasion"


def test_rest_need_and_meetings_are_reasons_to_decide():
    willing = {"motive": 0.0}
    assert class_between(seen(**willing), seen(rests=True, **willing)) == "rest"
    gone = seen(rate=0.04, ordinary=0.04, sight=1, **willing)
    assert class_between(seen(**willing), gone) == "need_gone"
    assert class_between(gone, seen(**willing)) == "need_gained"
    met = seen(rate=0.1, ordinary=0.04, council=1.0, **willing)
    assert class_between(gone, met) == "meeting"


def test_a_room_is_a_reason_of_its_own():
    """Beside a council it is named for what it adds to it, and where both differ the council comes first."""
    willing, plain = {"motive": 0.0}, {"rate": 0.04, "roomless": 0.04, "ordinary": 0.04}
    here = {"rate": 0.1, "roomless": 0.04, "ordinary": 0.04, "room": 0.5, "council": 0.5}
    assert class_between(seen(**plain, **willing), seen(**here, **willing)) == "room"
    assert class_between(seen(**here, **willing), seen(**plain, **willing)) == "room"
    council = {"rate": 0.06, "roomless": 0.06, "ordinary": 0.04, "council": 0.5}
    both = {"rate": 0.1, "roomless": 0.06, "ordinary": 0.04, "room": 0.5, "council": 0.75}
    assert class_between(seen(**council, **willing), seen(**both, **willing), u_occasion=0.4) == "room"
    assert class_between(seen(**plain, **willing), seen(**both, **willing), u_occasion=0.25) == "meeting"
    assert class_between(seen(**plain, **willing), seen(**both, **willing), u_occasion=0.4) == "room"
    more_need = {"rate": 0.1, "roomless": 0.08, "ordinary": 0.08, "room": 0.5, "council": 0.25}
    assert class_between(seen(**plain, **willing), seen(**more_need, **willing)) == "need_gained"


def test_of_several_differences_the_first_one_that_suffices_is_credited():
    assert class_between(seen(), seen(fatigue=1.5, neighbours=1.5)) == "fatigue"
    assert class_between(seen(), seen(fatigue=0.6, neighbours=0.6)) == "example"
    assert class_between(seen(), seen(fatigue=-3.0, neighbours=6.0)) == "example"


def test_efficacy_is_credited_to_what_changed_it():
    low, high = seen(motive=-1.5), {"efficacy": 1.0, "motive": -1.5, "helps": E * 0.5}
    assert class_between(low, seen(**high)) == "efficacy_own"
    assert class_between(low, seen(**high, from_neighbours=0.5)) == "efficacy_neighbours"
    assert class_between(low, seen(**high, from_organised=0.5)) == "omega"
    assert (
        class_between(low, seen(**high, from_neighbours=0.45, from_organised=-0.1)) == "efficacy_neighbours"
    )


def test_minutes_of_acts_in_both_arms():
    assert NAMES[class_of_minutes(60, 30, 60, 30)] == "time"
    assert NAMES[class_of_minutes(60, 60, 60, 30)] == "need_gone"
    assert NAMES[class_of_minutes(60, 60, 0, 30)] == "need_gained"


def test_a_stamp_says_who_asked_and_the_closer_one_counts():
    for level in (STRANGER, KNOWN):
        for source in range(1, len(ASKERS)):
            heard = stamp(9, level, source)
            assert (ask_level(heard, 9), ask_source(heard, 9)) == (level, source)
            assert (ask_level(heard, 10), ask_source(heard, 10)) == (NOT_ASKED, 0)
    assert stamp(9, KNOWN, PEER) > stamp(9, STRANGER, len(ASKERS) - 1)
    assert stamp(10, STRANGER, PEER) > stamp(9, KNOWN, len(ASKERS) - 1)


def test_classes_are_labelled_in_both_languages_and_belong_to_a_group():
    assert {channel.group for channel in CHANNELS} == {*GROUPS, NEED}
    for labelled in CHANNELS:
        assert labelled.said("en") != labelled.said("zh")
    assert [group for group, label in GROUPS.items() if "包办" in label.en + label.zh] == ["replaced"]


# roads switched off ------------------------------------------------------------------------------------

LANE = load("lane").but(burn_in=60, days=120)
DONGHU = load("donghu").but(burn_in=60, days=200)
ROADS = {"lambda0": 0.15, "theta_mean": -4.5, "arrivals": 5.0, "eta_o": 0.1, "omega": 0.1, "J": 5.0, "R": 7}
LOUD = mechanisms_off() | ROADS
"""The ground floor, so that what one road takes with it is not made up for by another; and much going on."""


NO_ASKS = {"peer_ask": 0.0, "member_asks": 0.0, "s_ask": 0.0}


ACQUAINTED = LOUD | {"bond": 0.5}


def total(seed, **parameters):
    city = City(LANE, rng=seed, **(ACQUAINTED | parameters))
    city.run_to(LANE.burn_in)
    return Lockstep(city, "match").run(LANE.days).result()


@pytest.mark.parametrize(
    ("off", "classes"),
    [
        ({"J": 0.0}, ("example",)),
        (
            NO_ASKS,
            ("asked_peer", "asked_member"),
        ),
        ({"mu": 0.0}, ("need_gained", "need_gone")),
        ({"bond": 0.0}, ("made_ties",)),
        ({"omega": 0.0}, ("omega",)),
        ({"phi": 0.0, "R": 0}, ("fatigue", "rest")),
    ],
)
def test_a_road_that_is_off_takes_with_it_what_was_attributed_to_it(off, classes):
    """And it had something attributed to it while it was on."""
    on = total(3).gained_and_lost()
    assert sum(sum(on[name]) for name in classes) > 0
    gained_and_lost = total(3, **off).gained_and_lost()
    assert {name: gained_and_lost[name] for name in classes} == dict.fromkeys(classes, (0, 0))


@pytest.mark.parametrize(
    ("off", "classes"), [({"J": 0.0}, ("example",)), (NO_ASKS, ("asked_peer", "asked_member"))]
)
def test_about_so_much_is_removed_as_was_attributed(off, classes):
    """Donghu, on the ground floor; within four tenths, for what the other roads make of its absence."""

    def matched(seed, **parameters):
        city = City(DONGHU, rng=seed, **(mechanisms_off() | parameters)).run_to(DONGHU.burn_in)
        return Lockstep(city, "match").run(DONGHU.days).result()

    attributed = removed = 0
    for seed in (1, 2):
        on = matched(seed)
        attributed += sum(on.total()[name] for name in classes)
        removed += on.difference() - matched(seed, **off).difference()
    assert attributed > 100
    assert abs(removed - attributed) < 0.4 * attributed


# chains ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def traced():
    city = City(LANE, rng=3, **ACQUAINTED)
    city.run_to(LANE.burn_in)
    return Lockstep(city, "match", Trace()).run(LANE.days)


def test_every_chain_goes_back_in_time_to_an_end(traced):
    chains, rows = Chains(traced), traced.result().rows
    lengths = []
    for row in rows[rows["acts"] != 0]:
        steps = chains.back_from(int(row["resident"]), int(row["day"]) + LANE.burn_in)
        assert steps[0].channel == NAMES[row["channel"]]
        days = [step.day for step in steps]
        assert days == sorted(days, reverse=True)
        assert len({(step.day, step.resident) for step in steps}) == len(steps)
        assert all(step.cause.en and step.cause.zh for step in steps)
        lengths.append(len(steps))
    assert max(lengths) > 2


def test_rest_leads_to_the_own_act_it_follows(traced):
    chains, rows = Chains(traced), traced.result().rows
    resting = rows[(rows["channel"] == NAMES.index("rest")) & (rows["acts"] != 0)]
    for row in resting:
        first, second = chains.back_from(int(row["resident"]), int(row["day"]) + LANE.burn_in)[:2]
        assert second.resident == first.resident
        assert 0 < first.day - second.day <= LOUD["R"]
    assert len(resting) > 0


def test_an_acquaintance_leads_to_the_day_on_which_two_met(traced):
    """Or, where both arms know each other, to the act that is remembered in one of them."""
    chains, rows = Chains(traced), traced.result().rows
    met = [row for row in rows[rows["acts"] != 0] if NAMES[row["channel"]] == "made_ties"]
    words = []
    for row in met:
        steps = chains.back_from(int(row["resident"]), int(row["day"]) + LANE.burn_in)
        words.append(steps[0].cause.en)
        assert all(step.day < steps[0].day for step in steps[1:])
    assert any("became acquainted with resident" in said for said in words)
    assert len(met) > 5
