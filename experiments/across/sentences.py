"""What a comparison over worlds found, in a few plain sentences: never more than in how many worlds."""

from linli.experiments.across.effects import NET, Across, Over
from linli.experiments.across.words import SHORT, briefly, count, middle
from linli.experiments.answer.words import clauses, short
from linli.experiments.output.screen import number
from linli.experiments.statistics.attributed import NAME_OF
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN
from linli.model.text import Text

HEADS = {
    "engaged_share": Text("Engagement", "参与"),
    "acts": Text("Wakes or replaces", "唤起还是替代"),
    "resident_matter_hours": Text("Own hours", "居民自己的工时"),
    "resolved_without_residents": Text("Without residents", "无居民参与的解决"),
    "true_resolution": Text("Resolution", "真实解决"),
    "cost": Text("Cost", "成本"),
    "luck": Text("Luck or ignorance", "运气还是无知"),
    "unknown": Text("What it cannot know", "不能回答的"),
}
UNKNOWN_HEAD = HEADS["unknown"]
RISES = Text("rises {count}: {middle}.", "{count}上升：{middle}。")
FALLS = Text("falls {count}: {middle}.", "{count}下降：{middle}。")
STILL = Text("does not change in any of {worlds} worlds.", "在{worlds}个世界中均无变化。")
NOWHERE = Text("is not defined in these runs.", "在这些运行中没有定义。")
UNKNOWN_ACTS = Text(
    "is not known here: these runs were not lived beside their baseline.",
    "此处未知：这些运行没有与基准逐日并行。",
)
ACTS = Text(
    "more acts are woken than replaced {net}. Acts are woken {up}: {woken}; acts are replaced (包办) {down}: "
    "{replaced}. Asked ({asked}) and displaced ({displaced}) belong to neither.",
    "{net}唤起多于替代。{up}有参与被唤起：{woken}；{down}有参与被替代（包办）：{replaced}。"
    "被邀（{asked}）与挪移（{displaced}）两者都不算。",
)
COST = Text("{middle}.", "{middle}。")
LUCK = Text(
    "of how worlds differ, luck is {list}: more --runs in each world would take that out. The rest is "
    "ignorance, which no run shrinks, only evidence.",
    "世界之间的差异中，运气占：{list}；每个世界多运行几次（--runs）即可消去。其余是无知，只有证据能缩小，运行再多也不能。",
)
SHARE = Text("{share} % in {what} ({low} to {high})", "{what}{share}%（{low}至{high}）")
ONE_RUN = Text(
    "one run in each world cannot tell them apart: --runs 2 can.",
    "每个世界只运行一次，无法区分：用--runs 2即可。",
)
CANNOT = Text(
    "worlds count alike, are those that the search found among the ranges it looked in, and all have the "
    "rules of this model. It is not a forecast and has no test out of sample.",
    "各世界同等计数，只是搜索范围内找到的那些，且都遵循本模型的规则。这不是预测，也未经样本外检验。",
)
NET_WORDS = Text("woken less replaced", "唤起减替代")
OF_LUCK = ("engaged_share", NET, "resident_matter_hours")


def sentences(found: Across, lang: str) -> dict[str, str]:
    """By what they are about."""
    plain = ("engaged_share", "resident_matter_hours", "resolved_without_residents", "true_resolution")
    said = {name: _moves(found.measures.get(name), name, lang) for name in plain}
    said |= {"acts": _acts(found, lang), "cost": _cost(found, lang), "luck": _luck(found, lang)}
    said["unknown"] = CANNOT.said(lang)
    return {HEADS[about].said(lang): said[about] for about in HEADS}


def _moves(over: Over | None, measure: str, lang: str) -> str:
    """In how many worlds a measure rises, or falls if those are more."""
    if over is None or over.sign is None:
        return NOWHERE.said(lang)
    if over.is_still:
        return STILL.said(lang).format(worlds=over.sign.worlds)
    rises = over.sign.up >= over.sign.down
    shares = over.sign.share_up if rises else over.sign.share_down
    counted = count(shares, over.sign.worlds, lang)
    return (RISES if rises else FALLS).said(lang).format(count=counted, middle=middle(over, measure, lang))


def _acts(found: Across, lang: str) -> str:
    """What attribution says. 包办 stands beside what is replaced, and the number of worlds in which it is."""
    if not found.groups:
        return UNKNOWN_ACTS.said(lang)
    of = found.groups
    net, woken, replaced = of[NET].sign, of[WOKEN].sign, of[REPLACED].sign
    assert net is not None
    assert woken is not None
    assert replaced is not None
    return ACTS.said(lang).format(
        net=count(net.share_up, net.worlds, lang),
        up=count(woken.share_up, woken.worlds, lang, SHORT),
        down=count(replaced.share_down, replaced.worlds, lang, SHORT),
        **{group: middle(of[group], NAME_OF[group], lang) for group in (WOKEN, REPLACED)},
        **{group: briefly(of[group], lang) for group in (ASKED, DISPLACED)},
    )


def _cost(found: Across, lang: str) -> str:
    over = found.measures.get("cost_yuan")
    if over is None or over.sign is None:
        return NOWHERE.said(lang)
    return COST.said(lang).format(middle=middle(over, "cost_yuan", lang))


def _luck(found: Across, lang: str) -> str:
    """How much of the spread more runs could take out."""
    parts = []
    for name in OF_LUCK:
        over = found.groups.get(name) or found.measures.get(name)
        if over is None or over.luck is None:
            continue
        what = NET_WORDS.said(lang) if name == NET else short(name, lang)
        low, share, high = (number(100.0 * v, 0) for v in (over.luck.low, over.luck.share, over.luck.high))
        parts.append(SHARE.said(lang).format(what=what, share=share, low=low, high=high))
    if not parts:
        return ONE_RUN.said(lang)
    return LUCK.said(lang).format(list=clauses(parts, lang))
