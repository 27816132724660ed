"""How fast linli is on this machine: `linli bench`.

One file a part; `sizes.py` says how large each is, `parts.py` runs them one after the other, each in a
process of its own, `table.py` shows what came out.
"""
