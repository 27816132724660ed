"""Every behavioural rule, once: scalar functions that both engines call and nobody restates.

One room a concept. Arguments are plain numbers, never a bundle of parameters, so that a rule says what it
depends on, and costs nothing to call. Values and their ranges stand in `model/parameters.py`.
"""
