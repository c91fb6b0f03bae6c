"""A mapping file makes canonical tables of an organisation's own files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from foresail.core.errors import SourceError
from tests.load.conftest import Project, counts

DEALS = """\
opportunity_id,sales_agent,deal_stage,engage_date,close_date,close_value
A1,Ann,Won,2017-01-05,2017-03-01,1200
A2,Bob,Lost,2017-01-09,2017-02-01,0
A3,Ann,Engaging,2017-02-01,,
A4,Ann,Won,2017-02-01,2017-02-02,a lot
"""
MAPPING = """\
[opportunity]
from = "deals.csv"
opportunity_id = "opportunity_id"
owner_id = "sales_agent"
outcome = "case deal_stage when 'Won' then 'won' when 'Lost' then 'lost' end"
created_at = "engage_date"
closed_at = "close_date"
amount = "nullif(close_value::decimal, 0)"
pipeline = "'direct'"

[rep]
from = "deals.csv"
rep_id = "sales_agent"
name = "upper(sales_agent)"
"""


def refused(project: Project, mapping: str) -> str:
    with pytest.raises(SourceError) as raised:
        project.load(mapping=mapping)
    return str(raised.value).replace("mapping.toml ", "")


def test_several_tables_from_one_file(project: Project) -> None:
    project.write("deals.csv", DEALS)
    deals, reps = project.load(mapping=MAPPING).tables
    assert counts(deals) == (4, 3, 0, 0, 1)
    assert counts(reps) == (4, 2, 0, 2, 0)
    assert reps.replaced == 0
    assert project.rows(
        "select opportunity_id, owner_id, outcome, amount, closed_at, pipeline "
        "from canonical.opportunity order by 1"
    ) == [
        ("A1", "Ann", "won", Decimal(1200), dt.datetime(2017, 2, 28, 23), "direct"),
        ("A2", "Bob", "lost", None, dt.datetime(2017, 1, 31, 23), "direct"),
        ("A3", "Ann", None, None, None, "direct"),
    ]


def test_a_value_that_an_expression_cannot_work_out_is_set_aside(project: Project) -> None:
    project.write("deals.csv", DEALS)
    project.load(mapping=MAPPING)
    assert project.reasons() == ["amount cannot be worked out from nullif(close_value::decimal, 0)"]


def test_one_table_from_several_files(project: Project) -> None:
    project.write("calls.csv", "id,at\n1,2024-01-05\n")
    project.write("sub/mails.csv", "id,at\n1,2024-01-06\n")
    mapping = """
        [[activity]]
        from = "calls.csv"
        activity_id = "'c' || id"
        kind = "'call'"
        occurred_at = "at"
        [[activity]]
        from = "mails.csv"
        activity_id = "'m' || id"
        kind = "'email'"
        occurred_at = "at"
    """
    assert counts(project.load(mapping=mapping)) == (2, 2, 0, 0, 0)
    assert project.column("activity", "activity_id") == ["c1", "m1"]


def test_where_keeps_some_rows_and_reads_no_others(project: Project) -> None:
    project.write("deals.csv", DEALS)
    where = 'where = "close_value::int > 0"\n'
    mapping = f'[opportunity]\nfrom = "deals.csv"\nopportunity_id = "opportunity_id"\n{where}'
    assert counts(project.load(mapping=mapping)) == (2, 1, 0, 0, 1)
    assert project.reasons() == ["where cannot be worked out"]


def test_sql_joins_files_and_makes_several_rows_of_one(project: Project) -> None:
    project.write("bank-full.csv", "id;campaign\nx;2\ny;3\n")
    project.write("people.csv", "id,rep\nx,Ann\ny,Bob\n")
    mapping = """
        [activity]
        sql = '''select id || '-' || n as activity_id, 'call' as kind, rep as rep_id
                 from 'bank-full.csv' join "people.csv" using (id), range(campaign::int) t(n)'''
    """
    report = project.load(mapping=mapping)
    assert counts(report) == (5, 5, 0, 0, 0)
    assert report.tables[0].files == ("bank-full.csv, people.csv",)
    assert project.column("activity", "activity_id") == ["x-0", "x-1", "y-0", "y-1", "y-2"]


def test_a_row_of_a_query_is_set_aside_without_a_number(project: Project) -> None:
    project.write("a.csv", "id\n1\n")
    project.load(
        mapping="""[rep]\nsql = "with a as (from 'a.csv') select id, 'boss' as r from a"\n"""
        'rep_id = "id"\nrole = "r"\n'
    )
    assert project.rows("select file, row_number, row_text from meta.quarantine") == [
        ("a.csv", None, '{"id":"1","r":"boss"}')
    ]


def test_a_file_without_header_has_numbered_columns(project: Project) -> None:
    project.write("raw.csv", ",".join(f"v{n}" for n in range(12)) + "\n")
    project.load(
        mapping='[rep]\nfrom = "raw.csv"\nheader = false\nrep_id = "column0"\nname = "column11"\n'
    )
    assert project.rows("select rep_id, name from canonical.rep") == [("v0", "v11")]


def test_delimiter_and_null_of_a_table(project: Project) -> None:
    project.write("raw.csv", "id,x~name\n1~NULL\n2~n/a\n3~\n")
    mapping = '[rep]\nfrom = "raw.csv"\ndelimiter = "~"\nnull = ["NULL", "n/a"]\n'
    project.load(mapping=mapping + 'rep_id = \'"id,x"\'\nname = "name"\n')
    assert project.column("rep", "name") == [None, None, None]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ('[deal]\nfrom = "a.csv"', "There is no canonical table deal."),
        ('[rep]\nfrom = "a.csv"\nrepid = "id"', "rep has no column repid. Did you mean rep_id?"),
        (
            '[rep]\nfrom = "a.csv"\nrep_id = 7',
            '[rep]: rep_id must be a text, as in rep_id = "...".',
        ),
        ('[rep]\nrep_id = "id"', 'write either from = "a file" or sql = "select ...".'),
        (
            '[rep]\nfrom = "b.csv"\nrep_id = "id"',
            "b.csv is not among the files of this load (a.csv)",
        ),
        ('[rep]\nfrom = "a.csv"\nrep_id = "di"', "rep_id = 'di': Binder Error"),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id"\nname = "Ann"', "its own quotes: \"'call'\"."),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id +"', "rep_id = 'id +' cannot be read: "),
        ('[rep]\nfrom = "a.csv"\nname = "id"', "it lacks rep_id"),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id"\nzone = "Berlin"', "there is no time zone Berlin"),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id"\nencoding = "utf9"', "Did you mean utf-8?"),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id"\ndecimal = ";"', 'decimal must be "." or ",".'),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id"\nheader = "no"', "header must be true or false."),
        (
            '[rep]\nfrom = "a.csv"\nrep_id = "id"\ndelimiter = "ab"',
            "delimiter must be one character",
        ),
        ('[rep]\nfrom = "a.csv"\nrep_id = "id"\norigin = "a:b"', "origin may hold letters"),
        (
            '[rep]\nfrom = "a.csv"\nrep_id = "id"\nhired_on = "id"\ndate_format = "%Q"',
            "date_format '%Q'",
        ),
        ('rep_id = "id"', "rep_id stands outside of a table."),
        ("[rep", "cannot be read"),
        ("# nothing", "names no table"),
    ],
)
def test_a_mapping_that_cannot_be_used(project: Project, mapping: str, message: str) -> None:
    project.write("a.csv", "id\n1\n")
    assert message in refused(project, mapping)
    assert project.rows("select count(*) from canonical.rep") == [(0,)]


def test_an_ambiguous_file_name_is_refused(project: Project) -> None:
    project.write("x/a.csv", "id\n1\n")
    project.write("y/a.csv", "id\n2\n")
    mapping = '[rep]\nfrom = "{}"\nrep_id = "id"\n'
    assert "a.csv could be any of x/a.csv, y/a.csv" in refused(project, mapping.format("a.csv"))
    project.load(mapping=mapping.format("y/a.csv"))
    assert project.column("rep", "rep_id") == ["2"]


def test_a_broken_line_is_counted_once_for_all_tables_of_its_file(project: Project) -> None:
    project.write("deals.csv", DEALS + "A5,too few\n")
    deals, reps = project.load(mapping=MAPPING).tables
    assert counts(deals) == (5, 3, 0, 0, 2)
    assert counts(reps) == (4, 2, 0, 2, 0)
