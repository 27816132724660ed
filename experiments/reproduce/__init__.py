"""Published results, worked out again by one command: `linli reproduce`.

A case (`cases/`) is a file that works a result out with linli, and a table beside it (`NAME.toml`) of what
should come out, each figure with its tolerance and where it stands. Nothing is tuned to these tables: a
figure that does not come out is shown as not reproduced.
"""
