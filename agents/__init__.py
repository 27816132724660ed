"""Who acts: a file each kind of agent, what it is made of in `traits`, what it decides in `rules`.

The ground floor of linli. It imports nothing from the other packages, so that a rule can be read,
tested and trusted without knowing the world it is used in.
"""
