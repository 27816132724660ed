"""Published results and exact cases, worked out again with linli: a table and a figure each.

    python -m linli.experiments.reproduce                      # all of them, into reproduced/
    python -m linli.experiments.reproduce matching_race --out FOLDER
    python -m linli.experiments.reproduce.matching_race        # the same

Every case puts what the source says beside what the model's own rules or engines give.
"""
