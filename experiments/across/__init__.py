"""Answers over worlds: what a policy does in all worlds that the evidence allows, and what decides.

A world is a value for every parameter that no source settles, such that the model meets the evidence; worlds
count alike. Arms are paired within a world and a seed. The unit is the world: intervals are over worlds.
"""
