"""Statistics of a study's results: arrays and tables in, tables out. No files, no printing, no pictures.

The independent unit is the seed: runs with the same seed share people and luck, so whatever is compared is
first averaged within a seed, and intervals are Student's t over seeds.
"""
