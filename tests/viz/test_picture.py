"""The picture and the numbers of the README: drawn and written from made-up worlds."""

import re

import numpy as np
import pandas as pd
import pytest

from linli.experiments.across.lasting import AFTER, FIRST, LAST, Dosed, Lasting, Year
from linli.experiments.evidence import evidence
from linli.experiments.statistics.results import Results
from linli.model.attribution.channels import NAMES
from linli.viz import picture

WORLDS = 24


@pytest.fixture
def found() -> Dosed:
    """Worlds in which J decides: examples wake in half of them, and fewer act by them in the others."""
    index = pd.RangeIndex(WORLDS, name="world")
    J = np.linspace(0.0, 6.0, WORLDS)
    acts = pd.DataFrame(dict.fromkeys(NAMES, 0.0), index=index).assign(example=(J - 3.0) / 10)
    years = {FIRST: Year.of(1, acts), LAST: Year.of(2, 2 * acts), AFTER: Year.of(3, acts / 2)}
    draws = np.random.default_rng(1)
    parameters = pd.DataFrame({"chi": draws.random(WORLDS), "J": J}, index=index)
    rows = [
        {"point": p, "arm": a, "seed": w, "world": w, "sink_per1000": dose, "run": f"{p}{a}{w}"}
        for w in range(WORLDS)
        for p, a, dose in ((0, "baseline", 0.0), (0, "sinking", 0.0), (1, "sinking", 6.19))
    ]
    results = Results.of(pd.DataFrame(rows), {"sinking": ({"name": "sink"},)}, None, [{}] * WORLDS)
    baseline = pd.DataFrame({"engaged_share": np.full(WORLDS, 0.15)}, index=index)
    return Dosed(Lasting(6.19, {}, years), [], parameters, baseline, results)


def test_the_picture_is_the_fan_and_the_map(found: Dosed) -> None:
    fan, map_, _ = picture.draw(found).axes
    assert len(fan.get_xticks()) == 3
    worlds = [line for line in fan.get_lines() if line.get_linewidth() == 0.8 and len(line.get_xdata()) == 3]
    assert len(worlds) == WORLDS
    middle = next(line for line in fan.get_lines() if line.get_label() == "middle world")
    assert middle.get_ydata() == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    assert "(J)" in map_.get_xlabel().replace("\n", " ")


def test_the_block_is_what_the_command_shows(found: Dosed) -> None:
    block = picture.answer(found, "en")
    assert block.startswith(
        "```text\nWhat sinking at 6.19 per 1000 residents changes, against none, in 24 worlds"
    )
    assert block == picture.answer(found, "zh")
    assert "more is woken in 12 of 24 worlds" in " ".join(block.split())
    assert max(map(len, block.splitlines())) <= picture.WIDTH


def test_the_caption_says_how_many_worlds_and_what_decides(found: Dosed) -> None:
    assert picture.caption(found, "en").startswith("*24 worlds of Donghu")
    assert "(J) (rank correlation +1.00)" in picture.caption(found, "en")
    assert picture.caption(found, "zh").startswith("*符合证据的24个东湖世界")


def test_the_table_of_the_evidence_comes_from_a_reproduction(tmp_path) -> None:
    rows = [{"measure": f.measure, "default": f.aim, "inside": 7, "worlds": 30} for f in evidence()]
    (tmp_path / "donghu").mkdir()
    pd.DataFrame(rows).to_csv(tmp_path / "donghu" / "data.csv", index=False)
    table = picture.fit(tmp_path, "en")
    assert table.count("7 / 30") == len(evidence())
    assert "| 30 | 20–35 % | 30 |" in table
    assert "(held back)" in table
    assert "（留作检验）" in picture.fit(tmp_path, "zh")


def test_blocks_are_filled_and_nothing_else() -> None:
    page = "a\n<!-- begin: fit -->\nold\n<!-- end: fit -->\nz\n"
    filled = picture.fill(page, {"fit": lambda lang: f"new {lang}"}, "zh")
    assert filled == "a\n<!-- begin: fit -->\nnew zh\n<!-- end: fit -->\nz\n"
    with pytest.raises(KeyError):
        picture.fill(page, {}, "en")


@pytest.mark.parametrize("lang", picture.READMES)
def test_both_readmes_have_every_block(lang: str) -> None:
    text = picture.READMES[lang].read_text(encoding="utf-8")
    blocks = {found["name"]: found[0] for found in picture.MARKED.finditer(text)}
    assert set(blocks) == {"caption", "sinking", "fit"}
    assert all(len(block.splitlines()) > 2 for block in blocks.values())


def test_the_counts_of_the_block_and_of_the_caption_agree() -> None:
    """Both are made from the same worlds; a block that was pasted from elsewhere would not be."""
    text = picture.READMES["en"].read_text(encoding="utf-8")
    blocks = {found["name"]: found[0] for found in picture.MARKED.finditer(text)}
    in_block = re.search(r"in (\d+) worlds that fit the evidence", " ".join(blocks["sinking"].split()))
    in_caption = re.search(r"\*(\d+) worlds of Donghu", blocks["caption"])
    assert in_block is not None
    assert in_caption is not None
    assert in_block[1] == in_caption[1]


def test_the_command_asks_for_both_folders(tmp_path) -> None:
    for arguments in ([], ["one"]):
        with pytest.raises(SystemExit, match="usage"):
            picture.main(arguments)
    with pytest.raises(SystemExit, match="is not the folder of a study"):
        picture.main([str(tmp_path), str(tmp_path)])
