"""What a dose over worlds and years brought about, in sentences: each word follows from the attribution.

That it wakes or replaces in most worlds is said only where the interval of the share of worlds lies above a
half.
"""

from collections.abc import Callable

from linli.experiments.across.deciding import deciding
from linli.experiments.across.effects import NET, Over
from linli.experiments.across.explained import FEWEST
from linli.experiments.across.information import worth
from linli.experiments.across.lasting import AFTER, DOSE, FIRST, LAST, Dosed, Lasting, Year
from linli.experiments.across.sentences import CANNOT, UNKNOWN_HEAD
from linli.experiments.across.words import SHORT, briefly, count, middle, survey
from linli.experiments.answer.words import clauses, noun_of
from linli.experiments.output.labels import dose_of, label_of, level_of
from linli.experiments.output.screen import number
from linli.experiments.output.written import in_brackets
from linli.experiments.statistics.attributed import NAME_OF
from linli.model.attribution.channels import ASKED, CHANNELS, NEED, REPLACED, WOKEN
from linli.model.text import LANGUAGES, Text

HALF = 0.5
"""Most worlds are more than this share of them, with the whole interval."""
WAKES, REPLACES, NEITHER, NOTHING = "wakes", "replaces", "neither", "nothing"
HEADS = {
    FIRST: Text("Wakes or replaces?", "唤起还是替代？"),
    "channels": Text("By which channel", "经由哪条途径"),
    LAST: Text("Lastingly", "持续之后"),
    AFTER: Text("After it ends", "结束之后"),
    "otherwise": Text("Done otherwise", "换一种做法"),
    "decides": Text("What decides", "由什么决定"),
    "settles": Text("What would settle it", "什么能定论"),
}
VERDICTS = {
    WAKES: Text("wakes more than it replaces in most worlds", "在多数世界中唤起多于替代"),
    REPLACES: Text("replaces (包办) more than it wakes in most worlds", "在多数世界中替代（包办）多于唤起"),
    NEITHER: Text(
        "neither wakes more than it replaces nor replaces more than it wakes in most worlds",
        "在多数世界中既非唤起多于替代，也非替代多于唤起",
    ),
    NOTHING: Text("changes nothing in any world", "在任何世界中都没有改变什么"),
}
FOUND = Text(
    "{subject} {verdict}: more is woken {up}, more is replaced {down}. Woken less replaced is {net}.",
    "{subject}{verdict}：{up}唤起更多，{down}替代更多。唤起减替代：{net}。",
)
SUBJECT = Text("In {year}, {noun} at {dose}", "{year}，{dose}的{noun}")
YEARS = {
    FIRST: Text("the first year", "第一年"),
    LAST: Text("year {n}, the last of the policy", "第{n}年，即政策的最后一年"),
    AFTER: Text("the first year after it ended", "结束后的第一年"),
}
LEFT = Text("In {year}, what it left", "{year}，它留下的")
LEFT_VERDICTS = {
    WAKES: Text("is more woken than replaced in most worlds", "在多数世界中唤起多于替代"),
    REPLACES: Text("is more replaced (包办) than woken in most worlds", "在多数世界中替代（包办）多于唤起"),
    NEITHER: Text("is not of one sign in most worlds", "在多数世界中没有一致的方向"),
    NOTHING: Text("is nothing in any world", "在任何世界中都为零"),
}
CHANNEL = {
    WOKEN: Text(
        "most is woken by {what}: {middle}, more than nothing {up}",
        "唤起最多的是{what}：{middle}，{up}大于零",
    ),
    REPLACED: Text(
        "most is replaced by {what}: {middle}, less than nothing {down}",
        "替代最多的是{what}：{middle}，{down}小于零",
    ),
}
NO_CHANNEL = {
    WOKEN: Text("no channel wakes in the middle world", "在居中的世界里没有哪条途径在唤起"),
    REPLACED: Text("no channel replaces in the middle world", "在居中的世界里没有哪条途径在替代"),
}
NEED_WORDS = {
    WOKEN: Text("more need in sight", "眼前的需要增多"),
    REPLACED: Text("less need in sight, as others met it", "他人已做，眼前的需要减少"),
}
ASKING = Text("Asking adds {asked} and belongs to neither.", "因被邀而增加{asked}，两者都不算。")
OTHER = Text("{what}: {net}, more woken {up}", "{what}：{net}，{up}唤起更多")
ONCE = Text(
    "Each world has one run here, so luck is not told from what differs between worlds.",
    "此处每个世界只运行一次，因此运气与世界之间的差异无法区分。",
)
DECIDES = Text(
    "over these worlds, the net effect of the first year goes with {list}.",
    "在这些世界中，第一年的净效应随{list}而变。",
)
ONE = Text("{label} (rank correlation {rank})", "{label}（秩相关{rank}）")
NO_ONE = Text(
    "none of the {n} assumptions is told from chance by {worlds} worlds; more worlds (--worlds) tell more.",
    "{worlds}个世界不足以把{n}项假设中的任何一项与偶然区分；更多世界（--worlds）能说明更多。",
)
TOO_FEW = Text(
    "{worlds} worlds are too few to tell: {fewest} at least.",
    "{worlds}个世界太少，无法判断：至少需要{fewest}个。",
)
SETTLES = Text(
    "measuring {what} ({how}) would take {share} % ({low} to {high}) off what is uncertain; {survey}.",
    "测量{what}（{how}）可消去不确定性的{share}%（{low}至{high}）；{survey}。",
)
NOTHING_SETTLES = Text(
    "none of the quantities that a survey could find would clearly narrow it over these worlds.",
    "在这些世界中，调查所能得知的量没有一个能明显缩小它。",
)


def verdict(net: Over) -> str:
    """WAKES, REPLACES, NEITHER or NOTHING."""
    if net.sign is None or net.is_still:
        return NOTHING
    if net.sign.share_up[1] > HALF:
        return WAKES
    return REPLACES if net.sign.share_down[1] > HALF else NEITHER


def sentences(found: Dosed, lang: str) -> dict[str, str]:
    """By what they are about."""
    said: dict[str, Callable[[Dosed, str], str]] = {
        FIRST: _first,
        "channels": _channels,
        LAST: _last,
        AFTER: _after,
        "otherwise": _otherwise,
        "decides": _decides,
        "settles": _settles,
    }
    years = found.main.years
    parts = {
        HEADS[about].said(lang): _capital(tell(found, lang))
        for about, tell in said.items()
        if about not in (LAST, AFTER) or about in years
    }
    once = "" if found.runs > 1 else ONCE.said(lang)
    parts[UNKNOWN_HEAD.said(lang)] = _capital(
        (" " if lang == "en" else "").join([CANNOT.said(lang), once]).strip()
    )
    return parts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _net(year: Year, subject: str, words: dict[str, Text], lang: str) -> str:
    """In how many worlds more is woken than replaced, and how much that is."""
    net = year.groups[NET]
    said = words[verdict(net)].said(lang)
    if verdict(net) == NOTHING or net.sign is None:
        return f"{subject} {said}." if lang == "en" else f"{subject}{said}。"
    return FOUND.said(lang).format(
        subject=subject,
        verdict=said,
        up=count(net.sign.share_up, net.sign.worlds, lang),
        down=count(net.sign.share_down, net.sign.worlds, lang, SHORT),
        net=middle(net, NAME_OF[WOKEN], lang),
    )


def _subject(found: Dosed, year: str, lang: str) -> str:
    when = YEARS[year].said(lang).format(n=found.main.years[year].number)
    return SUBJECT.said(lang).format(year=when, noun=noun_of("sink", lang), dose=_dose(found, lang))


def _dose(found: Dosed, lang: str) -> str:
    said = dose_of(DOSE, found.main.dose, lang)
    names = found.results.named.get(DOSE, {})
    if found.main.dose not in names:
        return said
    return said + in_brackets(names[found.main.dose][LANGUAGES.index(lang)], lang)


def _first(found: Dosed, lang: str) -> str:
    return _net(found.main.years[FIRST], _subject(found, FIRST, lang), VERDICTS, lang)


def _last(found: Dosed, lang: str) -> str:
    return _net(found.main.years[LAST], _subject(found, LAST, lang), VERDICTS, lang)


def _after(found: Dosed, lang: str) -> str:
    subject = LEFT.said(lang).format(year=YEARS[AFTER].said(lang))
    return _net(found.main.years[AFTER], subject, LEFT_VERDICTS, lang)


def _channels(found: Dosed, lang: str) -> str:
    year = found.main.years[FIRST]
    said = [_channel(year, group, lang) for group in (WOKEN, REPLACED)]
    full = "。" if lang == "zh" else ". "
    asked = ASKING.said(lang).format(asked=briefly(year.groups[ASKED], lang))
    return clauses(said, lang) + full + asked


def _channel(year: Year, group: str, lang: str) -> str:
    largest = year.channel(group)
    if largest is None:
        return NO_CHANNEL[group].said(lang)
    name, over = largest
    assert over.sign is not None
    labels = {c.name: c.said(lang) for c in CHANNELS} | {NEED: NEED_WORDS[group].said(lang)}
    return (
        CHANNEL[group]
        .said(lang)
        .format(
            what=labels[name],
            middle=briefly(over, lang),
            up=count(over.sign.share_up, over.sign.worlds, lang, SHORT),
            down=count(over.sign.share_down, over.sign.worlds, lang, SHORT),
        )
    )


def _otherwise(found: Dosed, lang: str) -> str:
    """Each other dose and setting, in the first year."""
    said = []
    for other in found.others:
        net = other.years[FIRST].groups[NET]
        if net.sign is not None:
            up = count(net.sign.share_up, net.sign.worlds, lang, SHORT)
            what = what_differs(found.main, other, lang)
            said.append(OTHER.said(lang).format(what=what, up=up, net=briefly(net, lang)))
    return clauses(said, lang) + ("。" if lang == "zh" else ".")


def what_differs(main: Lasting, other: Lasting, lang: str) -> str:
    """The one thing in which another setting is another one."""
    if other.dose != main.dose:
        return dose_of(DOSE, other.dose, lang)
    name = next(name for name, level in other.setting.items() if level != main.setting[name])
    return level_of(name, other.setting[name], lang)


def _decides(found: Dosed, lang: str) -> str:
    if found.worlds < FEWEST:
        return TOO_FEW.said(lang).format(worlds=found.worlds, fewest=FEWEST)
    every = deciding(found.parameters, found.main.years[FIRST].net)
    clear = [one for one in every if one.is_clear]
    if not clear:
        return NO_ONE.said(lang).format(n=len(every), worlds=found.worlds)
    named = [
        ONE.said(lang).format(label=label_of(one.parameter, lang), rank=number(one.rank, 2, sign=True))
        for one in clear
    ]
    return DECIDES.said(lang).format(list=clauses(named, lang))


def _settles(found: Dosed, lang: str) -> str:
    if found.worlds < FEWEST:
        return TOO_FEW.said(lang).format(worlds=found.worlds, fewest=FEWEST)
    every = worth(found.baseline, found.parameters, found.main.years[FIRST].net)
    best = next((one for one in every if one.is_clear), None)
    if best is None:
        return NOTHING_SETTLES.said(lang)
    share, low, high = (
        number(100.0 * v, 0) for v in (best.narrows.share, best.narrows.low, best.narrows.high)
    )
    what, how = label_of(best.observable.name, lang), best.observable.how.said(lang)
    by = survey(best.households, lang)
    return SETTLES.said(lang).format(what=what, how=how, share=share, low=low, high=high, survey=by)
