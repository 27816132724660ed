"""The store: one folder that keeps the runs of a study, whatever happens to the program that fills it.

    DIR/manifest.json      what was asked for, and of which code: written once, never changed
    DIR/runs/*.parquet     one row for each run; chunks are added and never changed
    DIR/daily/*.parquet    daily series, if the study keeps them
    DIR/compounds/*.parquet  the compounds at the end of each run, if the study keeps them
    DIR/rejected/          chunks that were found damaged or foreign, moved out of the way

A chunk is written beside its place and renamed into it, so that it is there in full or not at all. Its name is
a hash of its bytes and it carries the identity of its study: a truncated, altered or foreign chunk is found by
itself and its runs count as not done. A row of `runs`:

    run       text, a hash of code, scenario, parameters, policies and seed. Points that differ only in options
              of policies share their baseline: the same run then stands in several rows
    point     whole number from 0: the point of the design
    arm       "baseline", or the name of one of the study's arms
    seed      whole number; rows of one point and seed are under the same luck, whatever the arm
    status    "done" or "failed"
    error     why a run failed, empty if it did not; its measures are then missing
    factors   one column each: parameters by symbol (`mu`), options of policies as `sink_per1000`; numbers, whole
              numbers or words. Baseline rows carry the values of their point too
    measures  one column each, by the names of `model.measures`; missing where not defined

(point, arm, seed) is unique. `Store(DIR).read()` gives all rows as a pandas.DataFrame, sorted by point, arm
(baseline first, then in the order of the study) and seed. Nothing in it depends on when, where or in which order
the runs were made: two stores of one study and code give the same table to the last bit. What does depend on
the machine (`seconds` of a run) is kept apart: `read(timing=True)` adds it.

daily: run, day (from the end of the burn-in), one column a measure. compounds: run, compound, and what
`experiments.keeping` lists. Both belong to `runs` by their column run.

manifest.json: format, identity, study (name, title, title_zh, text), scenario (TOML), engine, days, burn_in,
code (`agents.compiled.SOURCE_HASH`), versions, design (kind, points, and its settings), factors (name, label in en
and zh, unit, kind "number", "whole" or "word", and values or low and high), arms (name and policies), seeds
(first and count, or first and until), keep, measures (name, unit, en, zh).
"""
