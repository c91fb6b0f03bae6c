"""Exports in the shape that sales systems give them."""

from __future__ import annotations

import pytest

from tests.examples.opening import opened
from tests.mapping.conftest import Files, sure

SALESFORCE = """\
Id,AccountId,OwnerId,Name,Amount,StageName,Probability,CreatedDate,CloseDate,IsClosed,IsWon,Type
006A1,001A,005A,Acme,1200.50,Closed Won,100,2026-01-07T09:15:00.000Z,2026-02-03,true,true,Renewal
006A2,001B,005B,Beta,900,Closed Lost,0,2026-01-08T09:15:00.000Z,2026-02-13,true,false,New Business
006A3,001A,005A,More,700,Negotiation,60,2026-01-09T09:15:00.000Z,2026-09-03,false,false,Add-On
"""
ZOHO = """\
Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Created Time,Reason For Loss
z1,Ann Lee,1200,Acme,2026-02-03,Acme,Closed Won,2026-01-07 09:15:00,
z2,Bob Ray,900,Beta,2026-02-13,Beta,Closed Lost,2026-01-08 09:15:00,Price
z3,Ann Lee,300,More,2026-09-01,Acme,Qualification,2026-01-09 09:15:00,
"""
DYNAMICS = """\
opportunityid,name,estimatedvalue,estimatedclosedate,actualclosedate,statecode,ownerid,customerid,createdon
a1,Acme,1200,2026-02-01,2026-02-03,Won,u1,c1,2026-01-07T09:15:00Z
a2,Beta,900,2026-02-11,2026-02-13,Lost,u2,c2,2026-01-08T09:15:00Z
a3,More,300,2026-09-01,,Open,u1,c1,2026-01-09T09:15:00Z
"""
CLOSE = """\
id,lead_id,user_id,user_name,value,date_created,date_won,date_lost,status_type,confidence
o1,l1,u1,Ann Lee,1200,2026-01-07,2026-02-03,,won,100
o2,l2,u2,Bob Ray,900,2026-01-08,,2026-02-13,lost,0
o3,l1,u1,Ann Lee,300,2026-01-09,,,active,30
"""
PLAIN = """\
Customer,Sales Rep,Deal Size ($),Start,Closed,Won?,Stage
Acme,Ann Lee,"$1,200.00",1/7/2026,2/3/2026,Yes,Done
Beta,Bob Ray,$900.00,1/18/2026,2/13/2026,No,Done
Acme,Ann Lee,"$300.00",2/22/2026,,,Offer
"""
ENDS = {
    SALESFORCE: {
        "outcome": "case when IsWon::boolean then 'won' when IsClosed::boolean then 'lost' end",
        "closed_at": "case when IsClosed::boolean then CloseDate end",
        "expected_close_on": "CloseDate",
        "probability": "Probability::double / 100",
    },
    ZOHO: {
        "outcome": "case Stage when 'Closed Lost' then 'lost' when 'Closed Won' then 'won' end",
        "closed_at": "case when Stage in ('Closed Lost', 'Closed Won') then \"Closing Date\" end",
        "owner_id": '"Deal Owner"',
        "lost_reason": '"Reason For Loss"',
    },
    DYNAMICS: {
        "outcome": "case statecode when 'Lost' then 'lost' when 'Won' then 'won' end",
        "closed_at": "actualclosedate",
        "expected_close_on": "estimatedclosedate",
        "amount": "estimatedvalue",
    },
    CLOSE: {
        "outcome": "case status_type when 'lost' then 'lost' when 'won' then 'won' end",
        "closed_at": "coalesce(date_won, date_lost)",
        "probability": "confidence::double / 100",
        "owner_id": "user_id",
    },
    PLAIN: {
        "outcome": "case when \"Won?\"::varchar in ('Yes') then 'won' "
        "when \"Won?\"::varchar in ('No') then 'lost' end",
        "closed_at": "Closed",
        "account_id": "Customer",
        "opportunity_id": "'opportunities.csv ' || row_number",
    },
}


@pytest.mark.parametrize("content", ENDS, ids=["salesforce", "zoho", "dynamics", "close", "plain"])
def test_deals_of_a_system(files: Files, content: str) -> None:
    files.write("opportunities.csv", content)
    found = sure(files.table("opportunity"))
    assert {field: found.get(field) for field in ENDS[content]} == ENDS[content]


@pytest.mark.parametrize("content", ENDS, ids=["salesforce", "zoho", "dynamics", "close", "plain"])
def test_the_proposal_of_a_system_loads_and_knows_who_won(files: Files, content: str) -> None:
    # Each has a deal won on the 3rd of February, one lost ten days later, and an open one.
    files.write("opportunities.csv", content)
    mapping = files.folder.parent / "mapping.toml"
    mapping.write_text(files.proposal().to_toml(), encoding="utf-8")
    with opened(files.folder.parent / "project") as project:
        report = project.load(files.folder, mapping=mapping)
        found = project.warehouse.cursor().execute(
            "select outcome, closed_at::date::varchar, amount::integer from canonical.opportunity "
            "order by 2 nulls last"
        )
        assert found.fetchall() == [
            ("won", "2026-02-03", 1200 if content != SALESFORCE else 1201),
            ("lost", "2026-02-13", 900),
            (None, None, 700 if content == SALESFORCE else 300),
        ]
    assert sum(each.quarantined for each in report.tables) == 0


def test_names_that_stand_beside_ids(files: Files) -> None:
    files.write("opportunities.csv", CLOSE)
    assert sure(files.table("rep")) == {"rep_id": "user_id", "name": "user_name"}


def test_hostile_names_and_values_stay_text(files: Files) -> None:
    files.write(
        "deals'\"; drop.csv",
        'Deal ID,"Amount ""net""\'","Close\nDate",Deal Owner,"Stage\\"\n'
        '1,5,2026-01-01,"Ann"" \'\'\' [rep]",Won\n2,6,2026-01-02,"#\u202e""""""",Lost\n',
    )
    mapping = files.folder.parent / "mapping.toml"
    mapping.write_text(files.proposal().to_toml(), encoding="utf-8")
    assert list(files.mapping()) == ["rep", "opportunity"]
    with opened(files.folder.parent / "project") as project:
        report = project.load(files.folder, mapping=mapping)
        amounts = project.warehouse.cursor().execute(
            "select amount::integer, stage from canonical.opportunity order by 1"
        )
        assert amounts.fetchall() == [(5, "Won"), (6, "Lost")]
    assert sum(each.quarantined for each in report.tables) == 0
