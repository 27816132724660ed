"""What a draw is for: the fourth part of its key.

Two draws with different decisions are independent, so every question that chance answers has its own
number here. Behind each stands whose key is used and what `k` counts. A decision that can be met again
on the same day by the same entity must carry a counter in `k`.

Plain integers (not an Enum): compiled rules read them as constants, and Python passes them at no cost.
"""

# first draws, day 0 -------------------------------------------------------------------------------
HOUSEHOLD_OF = 1  # extra person: which household; k = 0
COMPOUND_SIZE = 2  # compound: relative size
PERSON = 3  # resident: age group, free hours, skill, ticket for being a directly managed party member
TENURE = 4  # household: owner or tenant
MOTIVE = 5  # resident: motive theta (again on the day somebody moves in); last act, ticket of the register
PLACES = 6  # resident: places on the rings of building, compound, community; ticket for heading the building
COMMUNITY_SIZE = 7  # community of a city: relative size; the seed is always 0
HOME = 12  # sunk member: does he or she live here, and where
MEMBER = 13  # member: skill, free time, wish, day of the session
CO_GOVERNED = 14  # compound: ticket for joining co-governance
ON_PLATFORM = 15  # resident: ticket for using the digital platform
READINESS = 16  # resident: readiness to report; k = who lived in this place of the household before
NEEDS = 17  # compound: does a matter need money, a department, what has that to do; k = serial of the matter
DRIVEN = 18  # resident: lot by which drives put people on the first register of volunteers
TAUGHT = 22  # child: is he or she among those taught to sort waste; k = who lived in this place before
UNIT = 23  # unit of the area: its compound, its day of service, whether it keeps its word

# every day ----------------------------------------------------------------------------------------
ARRIVES = 32  # compound: how many matters arise
MATTER = 33  # compound: affected resident, hours of work, kind, is it prevented; k = serial in the compound
REPORTS = 34  # compound: is it reported; k = serial
DRIFTS = 35  # four members: decouples, returns, or leaves the post; k = 1 (own key): back to the register?
MATCHES = 36  # member: ticket in the matching lottery, post where the search starts
MEMBER_ASKS = 37  # member: whom to ask, does the visit come upon a matter; k = ask of the day
WORKER_ASKS = 38  # worker: whom to ask, does the visit come upon a matter; k = ask of the day
PEER_ASKS = 39  # community: who asks whom; k = ask of the day (k = 0: how many)
FIRST_OCCASION = 40  # resident: the first candidate occasion
OCCASION = 41  # resident: is the candidate occasion a real one; takes part or not; days to the next one
BOUT = 43  # resident: length of the bout, matter or service, was the service worth it
ATTEMPT = 44  # compound: does the attempt succeed, does the matter reopen; k = serial
DEADLINE = 45  # compound: closed on paper or lapsed; k = serial
REGISTERS = 46  # resident: registers as a volunteer after acting
LAPSES = 47  # resident: a volunteer lapses
MOVES = 48  # community: which households move; k = move of the day (k = 0: how many)
AGREES = 50  # worker in a drive: does whoever opens register; k = visit of the day
ORGANISATION_ASKS = 57  # organisation: whom to ask, does the visit come upon a matter; k = visit of the day
ACQUAINTED = 51  # resident who acted: place among those beside whom, and the same for a meeting; who is met
SORTS = 55  # household: does it sort its waste this month
TURNS_OUT = 52  # adult: does he or she turn out for a round of an emergency
HANDED_OVER = 58  # compound: does a hand-over of a matter bounce; k = serial
DOOR = 53  # household: is somebody at home; k = try of the day
CATCHES = 49  # person of a contagion (SIS): is infected, or recovers
