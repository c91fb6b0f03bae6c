"""A company of twenty people, whose records carry marks that tell whose they are.

Zoe heads two managers. Mia leads the north, and the east since February; Max leads the south, the
west, and led the east before. Eve sold in the north until the end of January, and in the south
since. Gus left the south in March, and may not come in any more. Ivy is in no team. Five more look
on: an admin, an analyst, a viewer, and a manager and a rep who are nobody in the data.

Some names would do harm: HTML, formulas, names that are long or read from right to left.
"""

from tests.scope.company.making import company
from tests.scope.company.marks import MARCH, marks_of
from tests.scope.company.people import PEOPLE, REPS, TEAMS, Colleague

__all__ = ["MARCH", "PEOPLE", "REPS", "TEAMS", "Colleague", "company", "marks_of"]
