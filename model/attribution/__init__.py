"""Attribution: which acts a policy brought about or took away, by what differed first.

Two arms of one scenario and seed, with and without policies, live through the same days side by side. Every
act that is in one arm and not in the other gets a class by the first differing term of that resident's
decision on that day; so the classes add up to the difference exactly. `lockstep.py` is the way in.
"""
