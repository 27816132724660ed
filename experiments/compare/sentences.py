"""What a comparison found, in a few plain sentences."""

from collections.abc import Mapping

from linli.experiments.output.screen import decimals, number
from linli.experiments.statistics.paired import CostPerEngaged, Effect


def sentences(on: Mapping[str, Effect], cost: CostPerEngaged) -> dict[str, str]:
    """Engagement, acts on request and others, self-reliance (its three measures together), true resolution
    and cost."""
    engaged, resolved = on["engaged_share"], on["true_resolution"]
    return {
        "Engagement": f"{_verdict(engaged)}: {_change(engaged, 'of adults took part in the last 30 days')}.",
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
    """Acts on request, acts that nobody asked for, and what a fall of these does not say."""
    asked, unasked = on["acts_asked"], on["acts_spontaneous"]
    text = (
        f"those on request: {_verdict(asked)}, {_change(asked, 'per 1000 adults and day', share=False)}; "
        f"those that nobody asked for: {_verdict(unasked)}, {_change(unasked, share=False)}."
    )
    if not unasked.is_clear or unasked.is_clear_gain:
        return text
    return (
        f"{text} The fall is no measure of what residents would do by themselves: "
        "who acts on request then rests, and so moves acts from the second count to the first."
    )


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
