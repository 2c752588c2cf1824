"""The seams behind which things are kept: cases, rooms, notes, banks, policies, and what else there is.

Each Protocol has one contract suite in `tests/contracts/`. Errors that cross a seam are those of
`core.errors`.
"""

from core.keeping.banks import BankStore, Change
from core.keeping.cases import Cases, Notes, Rooms
from core.keeping.dead import Dead, GivenUp
from core.keeping.entities import Entities
from core.keeping.hits import SLOT, Count, Hit, RuleHits, Which
from core.keeping.policies import EVERYWHERE, PROPOSALS, PolicyStore, Version
from core.keeping.prints import Print, Prints, Sighting
from core.keeping.spending import Allowance, Full, Spend, Spending
from core.keeping.subscriptions import Seen, Subscriptions

__all__ = [
    "EVERYWHERE",
    "PROPOSALS",
    "SLOT",
    "Allowance",
    "BankStore",
    "Cases",
    "Change",
    "Count",
    "Dead",
    "Entities",
    "Full",
    "GivenUp",
    "Hit",
    "Notes",
    "PolicyStore",
    "Print",
    "Prints",
    "Rooms",
    "RuleHits",
    "Seen",
    "Sighting",
    "Spend",
    "Spending",
    "Subscriptions",
    "Version",
    "Which",
]
