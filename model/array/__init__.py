"""The inside of the array engine: tables, and a day as compiled loops.

`model/city.py` is the way in; `day.py` is the place to start reading; `engine.py` holds the rest together.
"""
