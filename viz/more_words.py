"""Chinese for what the model's tables have in English only: units, options, policies, places.

What is missing here is shown in English, so that a new policy can be used before it is translated.
"""

UNITS = {
    "-": "",
    "0 to 1": "0 至 1",
    "1/day": "每天",
    "1/year": "每年",
    "day": "日",
    "days": "天",
    "factor": "倍数",
    "h": "小时",
    "h/day": "小时/天",
    "h/week": "小时/周",
    "matters": "件",
    "members": "人",
    "per 1000 people and day": "每千人每天",
    "per 1000 residents": "每千居民",
    "posts per compound": "个/小区",
    "probability": "概率",
    "share": "比例",
    "ties": "个",
    "word": "",
    "yuan/h": "元/小时",
    "acts per 1000 adults and day": "次/千成年人·天",
    "asks per 1000 residents and day": "次/千居民·天",
    "difference of shares": "比例之差",
    "h per 1000 residents and day": "小时/千居民·天",
    "h per 1000 residents and year": "小时/千居民·年",
    "h per adult and year": "小时/成年人·年",
    "matters per 1000 residents": "件/千居民",
    "matters per 1000 residents and day": "件/千居民·天",
    "reports per resident and year": "件/居民·年",
    "share of acts": "占参与次数",
    "share of adults": "占成年人",
    "share of ended reports": "占办结事务",
    "share of hours": "占工时",
    "share of members": "占党员",
    "share of posts": "占岗位",
    "share of residents": "占居民",
    "share of resolved": "占已解决事务",
    "share of time": "占时间",
    "share of volunteers": "占志愿者",
    "visits per 1000 residents and day": "次/千居民·天",
    "yuan per resident and year": "元/居民·年",
}

CHOICES = {
    "none": ("none", "不匹配"),
    "random": ("at random", "随机"),
    "skill": ("by skill", "按技能"),
    "skill_time_wish": ("by skill, time and wish", "按技能、时间和意愿"),
    "proportional": ("by residents", "按居民数"),
    "need": ("by need", "按需要"),
    "equal": ("alike", "平均"),
    "hubs": ("those with most ties", "人脉最广的居民"),
    "building_heads": ("heads of buildings", "楼栋长"),
    "isolated": ("the isolated", "孤立的居民"),
    "dormant": ("those long inactive", "久未参与的居民"),
    "grandchildren": ("elders, via grandchildren", "通过孙辈动员老人"),
}
"""Words that options take, in English and Chinese."""

SECTIONS = {
    "participation": "参与",
    "who takes part": "谁在参与",
    "self-reliance 自理": "自理",
    "asking": "动员",
    "party members": "党员",
    "community workers": "社区工作者",
    "public matters": "公共事务",
    "feelings and property": "感受与物业",
    "cost of policies": "政策成本",
}

PLACES = {
    "donghu": ("Donghu, 13,111 residents", "东湖社区，13,111 位居民"),
    "chengdu-sample": ("Chengdu: a sample of whole communities", "成都：若干完整社区的样本"),
    "chengdu": ("Chengdu: all communities", "成都：全部社区"),
    "lane": ("Lane, made up, 900 residents", "小巷（虚构），900 位居民"),
}

KINDS = {
    "parking": ("parking", "停车"),
    "repair": ("repair", "维修"),
    "greening_waste": ("greening and waste", "绿化与垃圾"),
    "dispute": ("dispute", "邻里纠纷"),
    "old_people": ("old people", "老人"),
    "children": ("children", "儿童"),
}

TENURES = (("owner", "业主"), ("tenant", "租户"))
SKILLS = (
    ("none", "无"),
    ("care", "照护"),
    ("mediation", "调解"),
    ("maintenance", "维修"),
    ("digital", "数字"),
    ("organising", "组织"),
)
"""By code, as in `agents.traits`."""

POLICIES: dict[str, dict[str, str]] = {
    "sink": {
        "who": "由单位派到社区的在职党员，在直管党员之外",
        "changes": "报到党员的人数、每周服务时间和考勤严格程度",
        "costs": "党员报到和打卡所花的时间",
        "fails": "只报到而未匹配岗位的党员会闲置、脱钩；考勤换来的是到场，不是服务；党员把事办了，"
        "居民就少了参与的机会，也学到自己不被需要（包办）",
    },
    "match": {
        "who": "没有岗位的报到党员，包括直管党员和下沉党员",
        "changes": "党员能否以及如何得到岗位",
        "costs": "社区工作者匹配岗位的时间、党员的服务时间，以及党员信息库",
        "fails": "匹配受社区工作者时间的限制，党员更多不等于岗位填得更多；随机分派不合适，人会离岗；"
        "党员服务得越好，留给居民的机会越少",
    },
    "relieve": {
        "who": "社区工作者",
        "changes": "减去的行政事务比例",
        "costs": "真正减去的事务由别人承担：他们的工时和报酬",
        "fails": "越减越负：减去的负担有一部分变成新的任务回来",
    },
    "council": {
        "who": "成年居民",
        "changes": "参与的机会，以及从自身经验中学到多少",
        "costs": "居民开会的时间（会带来疲劳），场地和会务费用",
        "fails": "会议占用时间、令人疲劳；事情办不成时，议事也让人学到这一点",
    },
    "property": {
        "who": "物业公司，通过其服务的小区；没有物业的小区得不到好处",
        "changes": "纳入联防联控的小区比例",
        "costs": "联席会每月的工时，无论有没有物业可管",
        "fails": "没有物业的老旧小区够不着；服务变好也会让居民不再发声",
    },
    "platform": {
        "who": "使用平台的居民，以及受平台考核的人",
        "changes": "反映问题的成本、办理期限，以及办结的压力",
        "costs": "平台的运行费用；每一件反映仍要有人花时间去办",
        "fails": "考核期限容易在纸面上达标：办结率上升，问题未必解决",
    },
    "ask": {
        "who": "成年居民，由社区工作者入户走访",
        "changes": "走访谁；不增加走访次数",
        "costs": "社区工作者的走访时间，现状中同样要花",
        "fails": "少数楼栋长或能人休整期间被反复邀请；孤立或久未参与的人缺乏动机，邀请落空；"
        "同住老人和孙辈的家庭不多",
    },
}
"""Who, what it changes, what it costs and how it fails, by policy."""


def unit(name: str, lang: str) -> str:
    """A unit as shown; nothing for a pure number."""
    if lang == "zh":
        return UNITS.get(name, name)
    return "" if name in ("-", "word") else name


def pick(words: dict[str, tuple[str, str]], name: str, lang: str) -> str:
    """A word of one of the tables above; the name itself if it is not there."""
    return words[name][lang == "zh"] if name in words else name


def about(policy: str, what: str, english: str, lang: str) -> str:
    """Who, changes, costs or fails of a policy."""
    return POLICIES.get(policy, {}).get(what, english) if lang == "zh" else english
