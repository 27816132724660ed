"""One file that plays both worlds: what is packed in it, and what the command refuses."""

import base64
import json
import re
import subprocess
import sys
import zlib

import numpy as np
import pytest

from linli.model.errors import InputError
from linli.viz.rooms.town import states_of
from linli.viz.standalone import as_json
from linli.viz.standalone.packed import COLOURS, changes_of, joined, packed
from linli.viz.standalone.show import Played, show
from linli.viz.state.settings import Settings
from linli.viz.worlds import Pair

DAYS = 20
TOWN = Settings.of("lane", days=DAYS).with_policy("match")


@pytest.fixture(scope="module")
def pair():
    return Pair.build(TOWN)


def bytes_of(sent):
    return zlib.decompress(base64.b64decode(sent["packed"]))


def pictures(sent, many):
    """What the player makes of it: each picture is the one before plus what changed."""
    changed = np.frombuffer(bytes_of(sent), dtype=np.uint8).reshape(many, sent["length"])
    return np.cumsum(changed, axis=0, dtype=np.uint8)


def test_every_day_of_both_worlds_is_in_the_file(pair):
    data = packed(pair, "en").data
    assert data["days"] == list(range(DAYS + 1))
    for colour in COLOURS:
        for at, arm in enumerate(data["arms"]):
            states = pictures(arm["fixed"][colour], DAYS + 1)
            for day in (0, 7, DAYS):
                frame = pair.frames(day)[at]
                np.testing.assert_array_equal(states[day], states_of(colour, frame, pair.town))
    arm, frame = data["arms"][1], pair.frames(DAYS)[1]
    posts = pictures(arm["fixed"]["posts"], DAYS + 1)[DAYS].tobytes()
    assert posts == frame.members["post"].astype(np.int32).tobytes()
    ends = arm["lists"]["asks"]["ends"]
    asks = bytes_of(arm["lists"]["asks"])[ends[-2] : ends[-1]]
    assert np.frombuffer(asks, dtype=np.int32).tolist() == np.flatnonzero(frame.asked).tolist()


def test_packing_loses_nothing():
    rng = np.random.default_rng(1)
    fixed = [rng.integers(0, 256, 50, dtype=np.uint8).tobytes() for _ in range(7)]
    assert [row.tobytes() for row in pictures(changes_of(fixed), 7)] == fixed
    lists = [b"", b"abc", b"", b"d"]
    assert (bytes_of(joined(lists)), joined(lists)["ends"]) == (b"abcd", [0, 3, 3, 4])


def test_a_run_that_is_long_keeps_some_days_and_the_last(pair, monkeypatch):
    monkeypatch.setattr("linli.viz.standalone.packed.MOST_PICTURES", 6)
    assert packed(pair, "en").data["days"] == [0, 4, 8, 12, 16, 20]
    assert packed(pair, "en", 7).data["days"] == [0, 2, 4, 6, 7]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_file_stands_alone(lang, tmp_path):
    played = show("lane", "match", days=5, lang=lang)
    text = played.save(tmp_path / "lane.html").read_text("utf-8")
    assert not re.search(r"<!--\w+-->|(src|href)=|@import|\bimport\b|\bfetch\(", text.split("</head>")[1])
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    data = json.loads(found[1])
    assert data["made_of"][1] == "linli compare lane --policy match --days 5 --seed 1 --runs 1"
    assert played._repr_html_().startswith("<iframe srcdoc=")
    assert "<script>" not in Played(b"<script>")._repr_html_()


def test_nothing_in_the_data_ends_its_script():
    assert as_json({"a": "</script>"}) == '{"a":"\\u003c/script>"}'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"scenario": "mars"}, "unknown scenario"),
        ({"scenario": "chengdu-sample"}, "is a city"),
        ({"scenario": "lane", "lang": "fr"}, "language"),
        ({"scenario": "lane", "days": "many"}, "whole number"),
        ({"scenario": "lane", "policies": "dance"}, "policy"),
    ],
)
def test_what_cannot_be_shown_is_refused(arguments, said):
    with pytest.raises(InputError, match=said):
        show(**arguments)


def test_the_command_writes_the_file_or_says_why_not(tmp_path):
    def play(*more):
        command = [sys.executable, "-m", "linli", "play", "lane", "--policy", "match", "--days", "5", *more]
        return subprocess.run(command, capture_output=True, text=True, timeout=6000)

    done = play("--out", str(tmp_path / "lane.html"), "--set", "mu=0.5")
    assert done.returncode == 0, done.stderr
    assert "lane.html: 0.1 MB" in done.stdout
    assert "--set mu=0.5" in (tmp_path / "lane.html").read_text("utf-8")
    refused = play("--out", str(tmp_path / "no" / "lane.html"))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "name a file" in refused.stderr
