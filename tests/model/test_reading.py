"""Files that may come from anybody: only files, of bounded length and depth, in a known encoding."""

import os
import time
from pathlib import Path

import pytest

from linli.model.errors import InputError
from linli.model.reading import DEEPEST, TEXT, content_of, json_of, printable, text_of, toml_of, toml_text
from linli.model.scenario import from_toml, load


def test_a_file_is_read_to_its_end(tmp_path):
    (tmp_path / "f").write_bytes(b"12345")
    assert content_of(tmp_path / "f", 5) == b"12345"
    with pytest.raises(OSError, match="longer than 4 bytes"):
        content_of(tmp_path / "f", 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="only files are read"):
            content_of(path, 10)
    with pytest.raises(OSError, match="directory"):
        content_of(tmp_path, 10)
    os.mkfifo(tmp_path / "s.toml")
    with pytest.raises(InputError, match=r"cannot read scenario .*only files are read"):
        load(tmp_path / "s.toml")


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_are_followed_only_where_that_is_wanted(tmp_path):
    (tmp_path / "f").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "f")
    assert content_of(tmp_path / "link", 9) == b"1"
    with pytest.raises(OSError, match="it is a link"):
        content_of(tmp_path / "link", 9, through_links=False)


def test_encodings(tmp_path):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert text_of("邻里".encode(encoding), "it") == "邻里"
    with pytest.raises(InputError, match="it is not text in UTF-8; it reads as GB18030"):
        text_of("邻里".encode("gb18030"), "it")
    with pytest.raises(InputError, match="not text in UTF-8: save it as UTF-8"):
        text_of(b"a\xff", "it")


def test_a_byte_order_mark_is_no_fault(tmp_path, hamlet):
    file = tmp_path / "s.toml"
    for encoding in ("utf-8-sig", "utf-16"):
        file.write_bytes(hamlet.encode(encoding))
        assert load(file).place.residents == 60
    assert from_toml("\ufeff" + hamlet).name == "hamlet"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = " + "[" * 100_000, "too deep"),
        ("a = " + "{a=" * 50_000, "too deep"),
        ("seed = " + "9" * 100_000, "not valid TOML"),
        (".".join("a" * 1 for _ in range(50_000)) + " = 1", f"more than {DEEPEST} parts"),
        ("[" + " . ".join(["a"] * 3_000) + "]", f"more than {DEEPEST} parts"),
        ("x" * (TEXT + 1), "longer than"),
    ],
)
def test_what_makes_a_parser_fall_over_is_one_short_line(text, said):
    begin = time.process_time()
    with pytest.raises(InputError, match=said) as caught:
        toml_of(text)
    assert len(str(caught.value)) < 300
    assert time.process_time() - begin < 5.0  # of this process alone: minutes before, and gigabytes


def test_long_words_are_read(tmp_path):
    assert toml_of(f'a = "{"x" * 500_000}"')["a"][:3] == "xxx"
    (tmp_path / "long.toml").write_text("#" * (TEXT + 1))
    with pytest.raises(InputError, match=r"cannot read study .*longer than"):
        toml_text(tmp_path / "long.toml", "study long.toml")


def test_json_is_bounded():
    assert json_of('{"a": [1]}') == {"a": [1]}
    for text in ("[" * 200_000, "9" * 10_000, "{"):
        with pytest.raises(ValueError):  # noqa: PT011  # whatever the reader says of it
            json_of(text)


def test_a_terminal_shows_and_does_not_obey():
    assert printable("\x1b]0;owned\x07 邻里\u3000a\tb\n") == "\\x1b]0;owned\\x07 邻里\u3000a\tb\n"
    assert printable("\x9b2J\u202e") == "\\x9b2J\\u202e"


@pytest.mark.parametrize(
    "value", ["9" * 5_000, "[1]", "{ a = 1 }", "inf", "nan", "1e400", "-1", "true", "'x'"]
)
@pytest.mark.parametrize("entry", ["days", "seed", "burn_in", "place.residents", "parameters.mu"])
def test_numbers_of_a_scenario_are_bounded(hamlet, entry, value):
    """Every entry is checked by itself, and the message names it and quotes no more than it needs to."""
    table, _, name = entry.rpartition(".")
    lines = [line for line in hamlet.split("\n") if not line.startswith(f"{name} ")]
    at = 1 if not table else lines.index(f"[{table}]") + 1 if f"[{table}]" in lines else len(lines)
    new = [f"{name} = {value}"] if not table or f"[{table}]" in lines else [f"[{table}]", f"{name} = {value}"]
    with pytest.raises(InputError) as caught:
        from_toml("\n".join([*lines[:at], *new, *lines[at:]]))
    assert len(str(caught.value)) < 600
    assert name in str(caught.value) or "TOML" in str(caught.value)
