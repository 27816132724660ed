"""Policies at one cost: each is given the size at which it costs a budget, and all are then compared."""
