"""The page Leads and activity and its parts."""

from __future__ import annotations

from foresail.web.leads import answers, calling, content, meetings, persistence, worked
from foresail.web.sheets.parts import Part, in_parts

leads = in_parts(
    "Leads and activity",
    (
        Part("", "Answers", answers.KPIS, answers.answers),
        Part("calling", "Calling", calling.KPIS, calling.calling),
        Part("persistence", "Persistence", persistence.KPIS, persistence.persistence),
        Part("content", "Content and social", content.KPIS, content.content),
        Part("meetings", "Meetings", meetings.KPIS, meetings.meetings),
        Part("worked", "Leads in work", worked.KPIS, worked.worked),
    ),
)
