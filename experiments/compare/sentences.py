"""What a comparison found, in a few plain sentences."""

from collections.abc import Mapping

from linli.experiments.output.screen import decimals, number
from linli.experiments.statistics.attributed import is_replaced, is_woken
from linli.experiments.statistics.paired import CostPerEngaged, Effect
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN


def sentences(on: Mapping[str, Effect], groups: Mapping[str, Effect], cost: CostPerEngaged) -> dict[str, str]:
    """Engagement, what attribution says of acts, acts on request and others, self-reliance (its three
    measures together), true resolution and cost. groups: effects by group of classes."""
    engaged, resolved = on["engaged_share"], on["true_resolution"]
    return {
        "Engagement": f"{_verdict(engaged)}: {_change(engaged, 'of adults took part in the last 30 days')}.",
        "Wakes or replaces": _wakes_or_replaces(groups),
        "Acts": _acts(on),
        "Self-reliance": _self_reliance(on),
        "Resolution": f"{_verdict(resolved)}: {_change(resolved, 'of ended reports were truly resolved')}.",
        "Cost": _cost(on, cost),
    }


def _verdict(effect: Effect) -> str:
    """What the interval allows to say."""
    if effect.difference is None:
        return "is not defined in these runs"
    if effect.low is None:
        return "one run cannot tell"
    if effect.low == effect.high == 0.0:
        return "did not change in any run"
    if not effect.is_clear:
        return "did not clearly change"
    return "rose" if effect.is_clear_gain else "fell"


def _change(effect: Effect, of_what: str = "", *, share: bool = True) -> str:
    """`8.8 % → 9.4 % of ... (+0.6 points, +0.2 to +1.0)`."""
    if effect.difference is None or effect.baseline is None or effect.policy is None:
        return "not defined"
    scale, unit, points = (100.0, " %", " points") if share else (1.0, "", "")
    half = 0.0 if effect.low is None else scale * (effect.difference - effect.low)
    places = max(1, decimals(half or scale * effect.difference))
    before, after = (number(scale * value, places) for value in (effect.baseline, effect.policy))
    inside = number(scale * effect.difference, places, sign=True) + points
    if effect.low is not None and effect.high is not None:
        low, high = (number(scale * value, places, sign=True) for value in (effect.low, effect.high))
        inside += f", {low} to {high}"
    return " ".join(filter(None, [f"{before}{unit} → {after}{unit}", of_what, f"({inside})"]))


def _acts(on: Mapping[str, Effect]) -> str:
    """Acts on request, and acts that nobody asked for."""
    asked, unasked = on["acts_asked"], on["acts_spontaneous"]
    return (
        f"those on request: {_verdict(asked)}, {_change(asked, 'per 1000 adults and day', share=False)}; "
        f"those that nobody asked for: {_verdict(unasked)}, {_change(unasked, share=False)}."
    )


def _wakes_or_replaces(groups: Mapping[str, Effect]) -> str:
    """What attribution supports: 包办 stands beside what is clearly replaced, and nowhere else."""
    woken, replaced = groups[WOKEN], groups[REPLACED]
    if woken.difference is None:
        return "is not known here: these runs were not lived beside their baseline."
    said = [f"woken {_added(woken)}", f"replaced {_added(replaced)}"]
    rest = [f"{name} {_added(groups[group])}" for name, group in (("asked", ASKED), ("displaced", DISPLACED))]
    return (
        f"{_verdict_of(groups)}: {', '.join(said)} acts per 1000 adults and day; "
        f"{' and '.join(rest)} belong to neither."
    )


def _verdict_of(groups: Mapping[str, Effect]) -> str:
    if groups[WOKEN].low is None:
        return "one run cannot tell"
    wakes, replaces = is_woken(groups), is_replaced(groups)
    if wakes and replaces:
        return "wakes some acts and replaces others (包办)"
    if wakes:
        return "wakes"
    return "replaces (包办)" if replaces else "neither is clear"


def _added(effect: Effect) -> str:
    """`+0.8 (+0.5 to +1.1)`."""
    half = None if effect.low is None or effect.high is None else (effect.high - effect.low) / 2.0
    places = decimals(half or effect.difference or 0.0)
    middle, low, high = (number(v, places, sign=True) for v in (effect.difference, effect.low, effect.high))
    return middle if half is None else f"{middle} ({low} to {high})"


def _self_reliance(on: Mapping[str, Effect]) -> str:
    share, own, without = (
        on[n] for n in ("self_reliance", "resident_matter_hours", "resolved_without_residents")
    )
    reading = _reading(share, own, without)
    return (
        f"{reading}. Residents' share of hours on matters {_change(share)}; "
        f"their own hours on matters {_change(own, 'per 1000 residents and day', share=False)}; "
        f"resolved without them {_change(without, 'of what was resolved')}."
    ).replace("  ", " ")


def _reading(share: Effect, own: Effect, without: Effect) -> str:
    """What the three measures say together: the share alone falls mechanically when others help."""
    verdict = _verdict(own)
    if verdict == "fell":
        return "residents gave fewer hours of their own"
    if verdict == "rose" and without.is_clear_gain:
        return "residents gave more hours of their own, and still more was done without them"
    if verdict == "rose":
        return "residents gave more hours of their own"
    if verdict != "did not clearly change":
        return verdict
    if without.is_clear_gain:
        return "more was done without residents; their own hours did not clearly change"
    if share.is_clear and not share.is_clear_gain:
        return (
            "the share fell because organised hours were added; residents' own hours did not clearly change"
        )
    return "residents' own hours did not clearly change"


def _cost(on: Mapping[str, Effect], cost: CostPerEngaged) -> str:
    yuan, hours = on["cost_yuan"].difference, on["cost_hours"].difference
    if yuan is None or hours is None:
        return "is not defined in these runs."
    money, time = number(yuan, 2, sign=True), number(hours, 0, sign=True)
    text = f"{money} yuan per resident and year, {time} h per 1000 residents and year. "
    if cost.yuan is None or cost.hours is None:
        return text + f"No cost per additional engaged resident: {cost.reason}."
    each, spent = number(cost.yuan, 0), number(cost.hours, 0)
    return text + (
        f"Each of the {number(cost.additional, 0)} additional engaged residents "
        f"cost {each} yuan ({spent} h) a year."
    )
