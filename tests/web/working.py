"""A small organisation at work in March 2026: leads answered, called, followed up and met."""

from tests.web.conftest import FORMULA, HOSTILE, TABLES

LEADS = f"""\
lead_id,created_at,channel,source,owner_id,territory
l1,2026-03-02T09:00:00Z,inbound,Web,0017,Coast
l2,2026-03-02T09:30:00Z,inbound,Web,0017,Coast
l3,2026-03-03T13:00:00Z,inbound,{HOSTILE},bob,{FORMULA}
l4,2026-03-04T09:00:00Z,outbound,List,bob,Coast
"""
# l1 was answered after half an hour, l2 after two hours, l3 never.
ACTIVITIES = """\
activity_id,kind,direction,occurred_at,booked_at,rep_id,lead_id,outcome,is_completed,moved_by,moved_from_id
a1,call,outbound,2026-03-02T09:30:00Z,,0017,l1,no_answer,true,,
a2,call,outbound,2026-03-09T09:10:00Z,,0017,l1,connected,true,,
a3,call,outbound,2026-03-02T11:30:00Z,,0017,l2,connected,true,,
a4,call,outbound,2026-03-04T10:00:00Z,,bob,l4,no_answer,true,,
m1,meeting,outbound,2026-03-05T09:00:00Z,2026-03-03T09:00:00Z,0017,l1,moved,false,rep,
m2,meeting,outbound,2026-03-06T09:00:00Z,2026-03-04T09:00:00Z,0017,l1,held,true,,m1
m3,meeting,outbound,2026-03-10T09:00:00Z,2026-03-05T09:00:00Z,bob,l4,no_show,false,,
s1,social,outbound,2026-03-11T09:00:00Z,,bob,l4,,true,,
"""
CONTENT = """\
content_id,name,kind,published_on
c1,Guide,Guide,2026-01-01
c2,Film,Film,2026-01-01
"""
SHARES = "activity_id,content_id\ns1,c1\n"
WORKING = {
    **TABLES,
    "lead.csv": LEADS,
    "activity.csv": ACTIVITIES,
    "content.csv": CONTENT,
    "content_share.csv": SHARES,
}
