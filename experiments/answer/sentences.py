"""The answer in sentences. Every number in them comes from the results."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from linli.experiments.answer.question import Question
from linli.experiments.answer.words import (
    COMMA,
    SIGNS,
    amount,
    change,
    clauses,
    interval,
    listed,
    names_of,
    noun_of,
    say,
    short,
    told,
    unit_of_change,
)
from linli.experiments.output.labels import dose_of, level_of, shown
from linli.experiments.output.screen import plain
from linli.experiments.output.written import in_brackets
from linli.experiments.statistics.attributed import (
    NAME_OF,
    PARTS,
    is_replaced,
    is_woken,
    pairs_by_group,
)
from linli.experiments.statistics.bend import Bend, bend
from linli.experiments.statistics.dose import FEWEST, by_seed, sampled
from linli.experiments.statistics.paired import Effect
from linli.experiments.statistics.pairs import Pairs, against_level, effect_of
from linli.experiments.statistics.ratio import ratio
from linli.experiments.statistics.results import Results
from linli.experiments.statistics.turning import Turn, effects_by_seed, turn
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN
from linli.model.text import LANGUAGES
from linli.model.unidentified import UNIDENTIFIED

OWN = "resident_matter_hours"
SHOWN = ("engaged_share", OWN)
TURNING = (OWN, WOKEN, REPLACED)


def sentences(q: Question, lang: str) -> dict[str, str]:
    """By what they are about: effect, turn, matching, dose, unknown."""
    full = "。" if lang == "zh" else "."
    parts = {
        "effect": _effect(q, lang),
        "turn": _turn(q, lang),
        "matching": _matching(q, lang),
        "dose": _dose(q, lang),
        "unknown": _unknown(q, lang),
    }
    return {about: _capital(text) + full for about, text in parts.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _kept(q: Question, names: Sequence[str]) -> list[str]:
    return [name for name in names if name in q.results.measures]


# what changes ----------------------------------------------------------------------------------------------


def _effect(q: Question, lang: str) -> str:
    """At the dose that is asked about, and at the highest one if that is another."""
    pairs = q.at_focus()
    if not len(pairs):  # a study that is not crossed may never visit the focus
        pairs = q.pairs
    of = {_subject(q, lang) + _focus(q, lang): pairs}
    if q.asked != q.high:
        most = _capital(say("up_to", lang, high=_dose_said(q, q.high, lang)))
        of = {next(iter(of)): q.asked_at_focus(), most: pairs}
    said = [_finding(q, subject, found, lang) for subject, found in of.items()]
    return _stop(lang).join([*said, *_caution(q, list(of.values()), lang)])


def _stop(lang: str) -> str:
    return "。" if lang == "zh" else ". "


def _finding(q: Question, subject: str, pairs: Pairs, lang: str) -> str:
    text = subject + (" " if lang == "en" else "") + _verdict(q, pairs, lang)
    found = [told(pairs.effect(name), name, lang) for name in _kept(q, SHOWN)]
    text += (": " if lang == "en" else "：") * bool(found) + clauses(found, lang)
    acts = _acts(q, pairs, lang)
    return _stop(lang).join([text, acts]) if acts else text


def _acts(q: Question, pairs: Pairs, lang: str) -> str:
    """What attribution says: the word 包办 stands beside what is clearly replaced, and nowhere else. Empty
    where the results hold no attribution, or a single seed."""
    if len(_kept(q, PARTS)) < len(PARTS):
        return ""
    groups = pairs_by_group(pairs)
    if groups[WOKEN].low is None:
        return ""
    wakes, replaces = is_woken(groups), is_replaced(groups)
    verdict = {(True, True): "both", (True, False): "wakes", (False, True): "replaces"}
    said = {group: change(groups[group], group, lang, unit=False) for group in (WOKEN, REPLACED)}
    said |= {
        "asked": change(groups[ASKED], NAME_OF[ASKED], lang, unit=False),
        "displaced": change(groups[DISPLACED], NAME_OF[DISPLACED], lang, unit=False),
    }
    unit = unit_of_change(WOKEN, lang)
    head = say(verdict.get((wakes, replaces), "neither"), lang)
    return _capital(head + say("acts", lang, unit=unit, **said))


def _caution(q: Question, findings: Sequence[Pairs], lang: str) -> list[str]:
    """What is not to be read into findings that hold no attribution."""
    effects = [pairs.effect(name) for pairs in findings for name in _kept(q, SHOWN)]
    if _kept(q, PARTS) or not any(effect.low is not None for effect in effects):
        return []
    return [say("undecided", lang)]


def _subject(q: Question, lang: str) -> str:
    if q.dose is None:
        return say("arm", lang, noun=q.policy)
    noun = noun_of(q.policy, lang)
    if isinstance(q.low, str):
        return say("with", lang, noun=noun)
    asked = _dose_said(q, q.asked, lang)
    if q.low == 0.0:
        return say("at_dose", lang, noun=noun, high=asked)
    return say("instead", lang, noun=noun, low=_dose_said(q, q.low, lang), high=asked)


def _dose_said(q: Question, level: float, lang: str) -> str:
    """A dose of the policy, with what it means to people if the study says so."""
    said = dose_of(str(q.dose), level, lang)
    names = q.results.named.get(str(q.dose), {})
    return said + in_brackets(names[level][LANGUAGES.index(lang)], lang) if level in names else said


def _focus(q: Question, lang: str) -> str:
    levels = [level_of(name, level, lang) for name, level in q.focus.items()]
    rest = [name for name in (*q.others, *sampled(q.results)) if name not in q.focus]
    mean = [say("mean", lang, names=names_of(rest, lang))] if rest else []
    return say("at", lang, focus=names_of([*levels, *mean], lang)) if levels or mean else ""


def _verdict(q: Question, pairs: Pairs, lang: str) -> str:
    """What rises, what falls, what does neither. (Residents' share of hours is not among it: it falls
    mechanically when others help.)"""
    found: dict[str, list[str]] = {"rises": [], "falls": [], "unclear": [], "same": []}
    for name in _kept(q, SHOWN):
        effect = pairs.effect(name)
        if effect.low is None:
            return say("one", lang)
        found[_moved(effect)].append(short(name, lang))
    said = [say(key, lang, list=listed(names, lang)) for key, names in found.items() if names]
    if not said:
        return say("nothing", lang)
    return COMMA[lang].join(said) if lang == "zh" else listed(said, lang)


def _moved(effect: Effect) -> str:
    """What the interval allows to say."""
    if effect.low == effect.high == 0.0:
        return "same"
    if not effect.is_clear:
        return "unclear"
    return "rises" if effect.is_clear_gain else "falls"


# where it turns --------------------------------------------------------------------------------------------


def _turn(q: Question, lang: str) -> str:
    if not q.parameters:
        return say("no_parameter", lang)
    name = q.parameters[0]
    said = _turns(q, q.at_focus(name), name, lang)
    if not said:
        return say("no_parameter", lang)
    of_matching = _turns(q, _of_matching(q, q.match, name), name, lang) if q.match else []
    if of_matching:
        said[-1] += _stop(lang) + say("of_matching", lang) + of_matching[0]
    return clauses([*said, *of_matching[1:]], lang)


def _turns(q: Question, pairs: Pairs, name: str, lang: str) -> list[str]:
    """Where an effect turns along a parameter, a text for each measure."""
    said = []
    for measure in _kept(q, TURNING) or _kept(q, SHOWN[:1]):
        table = effects_by_seed(pairs, name, measure)
        if len(table) and table.shape[1] > 1:
            values = table.columns.to_numpy(dtype=float)
            said.append(_turning(turn(values, table.to_numpy()), measure, name, values, lang))
    return said


def _turning(t: Turn, measure: str, name: str, values: ArrayLike, lang: str) -> str:
    """One measure along one parameter, by what is clear at both ends."""
    words, ends = SIGNS[lang], np.asarray(values, dtype=float)[[0, -1]]
    first, last = plain(ends[0]), plain(ends[1])
    parts = {"what": short(measure, lang), "name": name, "first": first, "last": last}
    places = {"low": _place(t.low), "high": _place(t.high)}
    if t.first and t.last and t.first != t.last:
        signs = {"before": words[t.first], "after": words[t.last]}
        return say("turns", lang, **parts, **places, at=_place(t.at), **signs)
    if t.first and t.last:
        key = "whole" if t.low is None else "between"
        return say(key, lang, **parts, **places, sign=words[t.first])
    if t.first:
        return say("until", lang, **parts, sign=words[t.first], edge=places["low"])
    if t.last:
        return say("from", lang, **parts, sign=words[t.last], edge=places["high"])
    return say("nowhere", lang, **parts)


def _place(value: float | None) -> str:
    return "–" if value is None else f"{value:.2g}"


# matching and the rest -------------------------------------------------------------------------------------


def _matching(q: Question, lang: str) -> str:
    measure = (_kept(q, SHOWN) or list(q.results.measures))[0]
    if q.match is None:
        said = say("no_match", lang)
    else:
        pairs, found = q.at_focus(q.match), []
        for level in q.results.levels(q.match):
            group = pairs.where(pairs.keys[q.match] == level)
            if len(group):
                effect = change(group.effect(measure), measure, lang, unit=False)
                found.append(f"{level_of(q.match, level, lang).partition(': ')[2]} {effect}")
        what = f"{short(measure, lang)} [{unit_of_change(measure, lang)}]"
        said = say("by_level", lang, noun=noun_of(q.policy, lang), what=what, list=clauses(found, lang))
    return clauses([said, *_matching_itself(q, lang), *_others(q, lang)], lang)


def _of_matching(q: Question, match: str, *but: str) -> Pairs:
    """The best matching, whatever the dose, against the plainest; at the focus but for some columns."""
    levels = q.results.levels(match)
    return against_level(q.runs_at_focus(match, *but), match, levels[0], levels[-1])


def _matching_itself(q: Question, lang: str) -> list[str]:
    """What matching does by itself."""
    if q.match is None:
        return []
    levels, pairs = q.results.levels(q.match), _of_matching(q, q.match)
    measures = _kept(q, SHOWN)
    if not len(pairs) or not measures:
        return []
    list_ = [f"{short(name, lang)} {change(pairs.effect(name), name, lang)}" for name in measures]
    level = level_of(q.match, levels[-1], lang).partition(": ")[2]
    comma = "，" if lang == "zh" else ", "
    return [say("matching", lang, level=level, list=comma.join(list_))]


def _others(q: Question, lang: str) -> list[str]:
    """What the policy does to residents' own hours at each level of every other policy."""
    measures, pairs = _kept(q, (OWN, *SHOWN)), q.at_focus()
    if q.dose is None or not measures:
        return []
    found = []
    for name in q.others:
        for level in q.results.levels(name):
            group = pairs.where(pairs.keys[name] == level)
            if len(group):
                effect = change(group.effect(measures[0]), measures[0], lang, unit=False)
                found.append(f"{level_of(name, level, lang)}: {effect}")
    what = f"{short(measures[0], lang)} [{unit_of_change(measures[0], lang)}]"
    noun = noun_of(q.policy, lang)
    return [say("by_level", lang, noun=noun, what=what, list=clauses(found, lang))] if found else []


# dose and cost ---------------------------------------------------------------------------------------------


def _dose(q: Question, lang: str) -> str:
    said = [_bending(q, lang)]
    if "cost_yuan" in q.results.measures:
        said.append(_cost(q, lang))
    return clauses(said, lang)


def _bending(q: Question, lang: str) -> str:
    if q.dose is None or isinstance(q.low, str) or len(q.results.levels(q.dose)) <= FEWEST:
        return say("few_doses", lang)
    measure = (_kept(q, SHOWN) or list(q.results.measures))[0]
    found = _bend(q.runs_at_focus(), q.dose, measure)
    what = short(measure, lang)
    if found is None or not found.is_clear:
        ends = {"low": dose_of(q.dose, q.low, lang), "high": dose_of(q.dose, q.high, lang)}
        return say("no_bend", lang, what=what, **ends)
    scale = shown(measure, lang)
    slopes = {
        part: f"{interval(scale.factor * slope, None, None, lang)} {unit_of_change(measure, lang)}"
        for part, slope in (("before", found.before), ("after", found.after))
    }
    low, high = f"{found.low:.3g}", f"{found.high:.3g}"
    ends = {
        "low": say("or_less", lang, place=low) if found.open_low else low,
        "high": say("or_more", lang, place=high) if found.open_high else high,
    }
    return say("bends", lang, what=what, at=dose_of(q.dose, float(f"{found.at:.3g}"), lang), **ends, **slopes)


def _bend(results: Results, dose: str, measure: str) -> Bend | None:
    table = by_seed(results, dose, [measure])[measure]
    return bend(table.columns.to_numpy(dtype=float), table.to_numpy()) if len(table) else None


def _cost(q: Question, lang: str) -> str:
    pairs = q.at_focus() if len(q.at_focus()) else q.pairs
    unit = unit_of_change("cost_yuan", lang)
    text = say("cost", lang, yuan=change(pairs.effect("cost_yuan"), "cost_yuan", lang))
    if "engaged_share" not in q.results.measures:
        return text
    engaged = pairs.effect("engaged_share")
    if not engaged.is_clear_gain:
        return text + say("no_point", lang)
    (e0, e1), (c0, c1) = pairs.by_seed("engaged_share"), pairs.by_seed("cost_yuan")
    each = ratio(c1 - c0, 100.0 * (e1 - e0))
    return text if each is None else text + say("per_point", lang, ratio=amount(each, unit, lang))


# what cannot be known --------------------------------------------------------------------------------------


def _unknown(q: Question, lang: str) -> str:
    here = [name for name in UNIDENTIFIED if name in q.results.varied]
    rest = [name for name in UNIDENTIFIED if name not in here]
    band = _band(q, lang)
    varied = say("varied", lang, band=_capital(band)) if band else ""
    if rest:
        fixed = say("fixed", lang, names=names_of(rest, lang))
    else:
        fixed = say("none_fixed", lang, names=names_of(UNIDENTIFIED, lang))
    text = say("unknown", lang, varied=varied, fixed=fixed)
    return text + _stop(lang) + say("forecast", lang)


def _band(q: Question, lang: str) -> str:
    """The least and the largest effect over the levels of unidentified parameters."""
    names = [name for name in q.parameters if name in UNIDENTIFIED]
    measures = _kept(q, (OWN, *SHOWN))
    if not names or not measures:
        return ""
    measure = measures[0]
    table = q.at_focus(*names).effects([measure], names).dropna(subset=["difference"])
    if len(table) < 2:
        return ""
    ends = {}
    ordered = table.sort_values("difference", kind="stable")
    for key, at in (("least", ordered.iloc[0]), ("most", ordered.iloc[-1])):
        ends[key] = change(effect_of(at), measure, lang)
        levels = [level_of(name, float(at[name]), lang) for name in names]
        ends[f"at_{key}"] = names_of(levels, lang)
    return say("band", lang, what=short(measure, lang), **ends)
