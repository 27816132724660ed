"""How fast linli is on this machine: `linli bench`.

One file a part; `sizes.py` says how large each is, `parts.py` runs them one after the other, each in a
process of its own, `table.py` shows what came out. Two more are run by themselves, with options of their own:

    python -m linli.experiments.bench.donghu_year      # where the time of a day on the Mesa engine goes
    python -m linli.experiments.bench.sweep            # what sweeps cost, beside `mesa.batch_run`
"""
