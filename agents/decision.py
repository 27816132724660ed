"""What a draw is for: the fourth part of its key.

Two draws with different decisions are independent, so every question that chance answers has its own
number here. Behind each stands whose key is used and what `k` counts. A decision that can be met again
on the same day by the same entity must carry a counter in `k`.

Plain integers (not an Enum): compiled rules read them as constants, and Python passes them at no cost.
"""

# first draws, day 0 -------------------------------------------------------------------------------
HOUSEHOLD_OF = 1  # extra person: which household; k = 0
COMPOUND_SIZE = 2  # compound: relative size
AGE = 3  # resident: age group
TENURE = 4  # household: owner or tenant
FREE_TIME = 5  # resident: free hours a week
SKILL = 6  # resident: skill
MOTIVE = 7  # resident: motive theta; drawn again on the day somebody moves in
MANAGED = 8  # resident: ticket for being a directly managed party member
VOLUNTEERS = 9  # resident: ticket for standing on the first register of volunteers
HEAD = 10  # resident: ticket for being the head of the building
FIRST_ACT = 11  # resident: how long ago the last act was
HOME = 12  # sunk member: does he or she live here, and where
MEMBER = 13  # member: skill, free time, wish, day of the session
CO_GOVERNED = 14  # compound: ticket for joining co-governance
ON_PLATFORM = 15  # resident: ticket for using the digital platform
RING_BUILDING = 16  # resident: place on the ring of the building
RING_COMPOUND = 17  # resident: place on the ring of the compound
RING_COMMUNITY = 18  # resident: place on the ring of the community

# every day ----------------------------------------------------------------------------------------
ARRIVES = 32  # compound: how many matters arise; k = kind
MATTER = 33  # compound: affected resident, hours of work; k = serial of the matter in the compound
REPORTS = 34  # compound: is it reported; k = serial
DRIFTS = 35  # member: decouples, returns, or leaves the post
MATCHES = 36  # member: ticket in the matching lottery, post where the search starts
MEMBER_ASKS = 37  # member: whom to ask; k = ask of the day
WORKER_ASKS = 38  # worker: whom to ask; k = ask of the day
PEER_ASKS = 39  # community: who asks whom; k = ask of the day (k = 0: how many)
NEXT_OCCASION = 40  # resident: days to the next candidate occasion
OCCASION = 41  # resident: is the candidate occasion a real one
ACTS = 42  # resident: takes part or not
BOUT = 43  # resident: length of the bout, matter or service, was the service worth it
ATTEMPT = 44  # compound: does the attempt succeed, does the matter reopen; k = serial
DEADLINE = 45  # compound: closed on paper or lapsed; k = serial
REGISTERS = 46  # resident: registers as a volunteer after acting
LAPSES = 47  # resident: a volunteer lapses
MOVES = 48  # community: which households move; k = move of the day (k = 0: how many)
