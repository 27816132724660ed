"""Every word of the page, in English and Chinese.

Labels of parameters, policies, options and measures are not here: they stand where these are defined. What a
policy is about (who, changes, costs, fails) is English there; its Chinese stands in `viz.policy_words`.
"""

from typing import Any

WORDS: dict[str, tuple[str, str]] = {
    # frame
    "title": ("A neighbourhood, twice", "同一个社区,两种治理"),
    "subtitle": (
        "The same residents and the same luck: as it is, and with your policies",
        "同样的居民、同样的机缘:一边维持现状,一边试行政策",
    ),
    "town": ("Neighbourhood", "社区"),
    "city": ("City", "城市"),
    "studies": ("Studies", "研究结果"),
    "story": ("Guided tour", "导览"),
    "link": ("Link to this page", "本页链接"),
    "copied": ("Copied", "已复制"),
    "language": ("中文", "English"),
    "theme": ("Light or dark", "浅色/深色"),
    "close": ("Close", "关闭"),
    "problem": ("This cannot be done", "无法完成"),
    # controls
    "controls": ("Settings", "设置"),
    "undo": ("Undo", "撤销"),
    "redo": ("Redo", "重做"),
    "reset": ("Start over", "全部重置"),
    "scenario": ("Place", "地点"),
    "seed": ("Seed of chance", "随机种子"),
    "seed_help": (
        "The same seed gives the same people and the same luck. A whole number.",
        "相同的种子意味着相同的居民和相同的机缘。整数。",
    ),
    "days": ("Days", "天数"),
    "days_help": ("Days after the burn-in, 1 to {most}.", "预热期之后的天数,1 至 {most}。"),
    "policies": ("Policies", "政策"),
    "add_policy": ("Add a policy", "添加政策"),
    "no_policies": (
        "No policy yet: the two worlds are the same. Add one to see what it changes.",
        "还没有政策:两边完全相同。添加一项,看看会有什么变化。",
    ),
    "remove": ("Remove", "移除"),
    "about_policy": ("What it is", "说明"),
    "who": ("Who", "对象"),
    "changes": ("Changes", "改变"),
    "costs": ("Costs", "成本"),
    "fails": ("May fail", "失效方式"),
    "parameters": ("Assumptions", "模型假设"),
    "add_parameter": ("Change an assumption", "修改一项假设"),
    "parameters_help": (
        "No source settles these numbers. A result is a band over them; begin with mu.",
        "这些数值没有定论,结果应视为它们变化范围内的一个区间;建议先看 mu。",
    ),
    "default_of": ("usual value {value}", "默认值 {value}"),
    "range": ("{low} to {high}", "{low} 至 {high}"),
    "basis": ("Basis", "依据"),
    "optional": ("empty: not set", "留空:不设定"),
    # transport
    "play": ("Play", "播放"),
    "pause": ("Pause", "暂停"),
    "step": ("One day on", "前进一天"),
    "back": ("One day back", "后退一天"),
    "to_start": ("To the eve", "回到起点"),
    "speed": ("Days a second", "每秒天数"),
    "day": ("Day", "第"),
    "day_of": ("Day {day} of {days}", "第 {day} 天,共 {days} 天"),
    "eve": ("Eve: both worlds are still the same", "起点:两边仍完全相同"),
    "building": ("Settling the town: {share} %", "正在建立社区:{share} %"),
    # worlds
    "baseline": ("As it is", "维持现状"),
    "policy": ("With the policies", "实施政策"),
    "difference": ("Difference", "差异"),
    "colour_by": ("Colour by", "着色依据"),
    "highlight": ("Mark residents who differ", "标出两边不同的居民"),
    "differ": ("{n} residents differ", "{n} 位居民不同"),
    # panels
    "measures": ("All measures", "全部指标"),
    "why": ("Ask why", "追问原因"),
    "measure": ("Measure", "指标"),
    "unit": ("Unit", "单位"),
    "interval": ("95 % interval", "95 % 区间"),
    "repeats": ("Other luck: {done} of {all} pairs of runs", "换一批机缘重复:{done}/{all} 对"),
    "cancel": ("Cancel", "取消"),
    "older": ("These results belong to older settings", "这些结果属于之前的设置"),
}


def say(key: str, lang: str, **values: Any) -> str:
    """A word of the page. values: what stands in braces."""
    text = WORDS[key][lang == "zh"]
    return text.format(**values) if values else text
