"""The array engine's inside: tables, and a day as compiled loops. `model/city.py` is the way in; `day.py` the place to start."""
