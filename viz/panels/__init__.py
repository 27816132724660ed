"""Panels under the maps: the difference, all measures, why somebody acted."""
