"""What `linli optimise` shows people, writes to files and prints as JSON."""

from functools import partial
from typing import Any

from rich.text import Text

from linli.experiments.across.choosing import choice
from linli.experiments.analysis.optimisation import EDGE, GOALS, OVER, Optimum, Search
from linli.experiments.answer.words import interval
from linli.experiments.figures.front import draw
from linli.experiments.figures.style import files as figure_files
from linli.experiments.figures.style import language_of_figures, styled
from linli.experiments.output import Writers
from linli.experiments.output.labels import shown
from linli.experiments.output.screen import console, number, table
from linli.experiments.output.written import csv_of, tex_of

TEXTS = {
    "en": {
        "head": "Mixes that no other beats inside {budget} yuan per resident and year",
        "note": "Judged on {runs} fresh seeds; the search tried {trials} mixes on {runs} others.",
        "note_worlds": "Judged in {judges} worlds that fit the evidence (means, 95 % intervals); the search "
        "tried {trials} mixes in {runs} others.",
        "best": "Most engagement for the budget: {mix}: {engaged} points, resolution {resolved} points, "
        "for {cost} yuan per resident and year.",
        "clear": "The interval of its engagement excludes zero.",
        "unclear": "The interval of its engagement includes zero: more --runs would tell.",
        "none": "On fresh seeds every mix is clearly over the budget.",
        "edge": "Noise decides whether the best mix is inside the budget: the interval of its cost "
        "includes it. More "
        "--runs would tell.",
        "rivals": "Not clearly less engagement, on the same seeds: mix {rivals}. More --runs would tell.",
        "over": "Clearly over the budget on fresh seeds: mix {over}.",
        "failed": "{failed} mixes failed and were left out.",
        "caution": "Costs, and what a policy does, rest on assumptions (linli list policies): "
        "hold the best mix against others at other values of mu before believing in it.",
        "nothing": "no policy",
    },
    "zh": {
        "head": "每人每年{budget}元之内没有被其他组合全面超过的组合",
        "note": "在{runs}个新种子上评判；搜索在另外{runs}个种子上尝试了{trials}个组合。",
        "note_worlds": "在{judges}个符合证据的世界中评判（均值与95%区间）；"
        "搜索在另外{runs}个世界中尝试了{trials}个组合。",
        "best": "预算内参与率最高的组合：{mix}：{engaged}个百分点，真实解决率{resolved}个百分点，"
        "每人每年{cost}元。",
        "clear": "其参与率变化的区间不含零。",
        "unclear": "其参与率变化的区间含零：增加 --runs 才能判断。",
        "none": "在新种子上所有组合都明显超出预算。",
        "edge": "最优组合是否在预算之内由随机误差决定：其成本的区间包含预算。增加 --runs 才能判断。",
        "rivals": "在相同种子上参与率并不明显更低的组合：{rivals}。增加 --runs 才能判断。",
        "over": "在新种子上明显超出预算的组合：{over}。",
        "failed": "{failed}个组合运行失败，未列入。",
        "caution": "成本和政策的作用都建立在假设之上（见 linli list policies）："
        "请在mu的其他取值下比较最优组合，再下结论。",
        "nothing": "无政策",
    },
}
HEADS = {
    "en": ("mix", "engagement [points]", "true resolution [points]", "cost [yuan]"),
    "zh": ("组合", "参与率 [百分点]", "真实解决率 [百分点]", "成本 [元]"),
}


def as_data(search: Search, found: Optimum) -> dict[str, Any]:
    """As printed by --json."""
    return {
        "scenario": search.scenario.name,
        "budget": search.budget,
        "trials": found.trials.to_dict("records"),
        "front": found.front.to_dict("records"),
        "best": found.best,
        "rivals": list(found.rivals),
        "failed": found.failed,
        **(choice(found.judged).as_data() if found.judged else {}),
    }


def files(search: Search, found: Optimum, lang: str) -> Writers:
    """Trials and front as CSV, the front as LaTeX, the figure as PNG and SVG."""
    with styled():
        figure = draw(found.trials, found.front, search.budget, language_of_figures(lang))
    caption = f"Mixes that no other beats inside {search.budget:g} yuan per resident and year"
    chosen = choice(found.judged, lang).files() if found.judged else {}
    return {
        **chosen,
        "trials.csv": partial(csv_of, found.trials),
        "front.csv": partial(csv_of, found.front),
        "front.tex": partial(tex_of, found.front, caption),
        **figure_files({"front": figure}),
    }


def show(search: Search, found: Optimum, lang: str) -> None:
    """The front, and the best of it."""
    screen, texts = console(), TEXTS[lang]
    screen.print(texts["head"].format(budget=number(search.budget)), style="bold")
    how, judges = ("note_worlds", len(search.fresh)) if search.worlds else ("note", search.runs)
    said = texts[how].format(runs=search.runs, judges=judges, trials=len(found.trials))
    screen.print(said, style="dim")
    rows, mixes = table(), table(header=False)
    for heading in HEADS[lang]:
        rows.add_column(heading, justify="right", no_wrap=True)
    for place, row in enumerate(found.front.to_dict("records"), 1):
        style = "bold" if row["mix"] == found.best else ""
        rows.add_row(str(place), *(_spread(row, goal, lang) for goal in GOALS), style=style)
        mixes.add_row(str(place), Text(row["mix"] or texts["nothing"]), style=style)
    screen.print(rows)
    screen.print()
    screen.print(mixes)
    screen.print()
    for sentence in sentences(found, lang):
        screen.print(sentence)
    if found.judged:
        screen.print()
        choice(found.judged, lang).show()


def sentences(found: Optimum, lang: str) -> list[str]:
    """What to make of it."""
    texts = TEXTS[lang]
    said = []
    if found.best is None:
        said.append(texts["none"])
    else:
        row = found.front.loc[found.front["mix"] == found.best].to_dict("records")[0]
        engaged, resolved, cost = (_spread(row, goal, lang) for goal in GOALS)
        mix = found.best or texts["nothing"]
        said.append(texts["best"].format(mix=mix, engaged=engaged, resolved=resolved, cost=cost.lstrip("+")))
        low = row["engaged_share_low"]
        if low is not None:
            said.append(texts["clear" if low > 0.0 or row["engaged_share_high"] < 0.0 else "unclear"])
        if row["budget"] == EDGE:
            said.append(texts["edge"])
    numbers = {mix: str(place) for place, mix in enumerate(found.front["mix"], 1)}
    if found.rivals:
        said.append(texts["rivals"].format(rivals=", ".join(numbers[mix] for mix in found.rivals)))
    over = found.front.loc[found.front["budget"] == OVER, "mix"]
    if len(over) and found.best is not None:
        said.append(texts["over"].format(over=", ".join(numbers[mix] for mix in over)))
    if found.failed:
        said.append(texts["failed"].format(failed=found.failed))
    return [*said, texts["caution"]]


def _spread(row: Any, goal: str, lang: str) -> str:
    factor = shown(goal, lang).factor
    middle, low, high = (row[f"{goal}{end}"] for end in ("", "_low", "_high"))
    if low is None or high is None:
        return interval(factor * middle, None, None, lang)
    return interval(factor * middle, factor * low, factor * high, lang)
