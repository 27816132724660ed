"""Who acts: residents, volunteers, party members, property firms, community workers.

The ground floor of linli. It imports nothing from the other packages, so that a rule can be read,
tested and trusted without knowing the world it is used in.
"""
