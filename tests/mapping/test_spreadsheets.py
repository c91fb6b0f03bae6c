"""Exports as people have them: which table they are, and which column is which."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from foresail.core.errors import SourceError
from foresail.load.guess import propose
from tests.mapping.conftest import Files, sure, unsure, workbook

GERMAN = """\
Auftragsnr.;Kunde;Vertriebsmitarbeiter;Betrag (netto);Angelegt am;Abschlussdatum;Status
A-1001;Müller GmbH;Anna Groß;1.200,50 €;07.01.2026;03.02.2026;Gewonnen
A-1002;Bäcker AG;Bernd Kurz;900,00 €;09.01.2026;20.02.2026;Verloren
A-1003;Müller GmbH;Anna Groß;12.400,00 €;02.02.2026;;Offen
"""
PIPEDRIVE = """\
ID,Title,Value,Currency,Stage,Owner,Organization,Deal created,Won time,Lost time,Status,Probability
17,"Acme, phase 1","1,200",EUR,Proposal,Ann Lee,Acme,01/13/2026 09:15,02/03/2026 10:00,,Won,
18,Beta,900,EUR,Proposal,Bob Ray,Beta,01/09/2026 12:00,,02/20/2026 08:00,Lost,40%
19,Gamma,"12,400.50",EUR,Contact made,Ann Lee,Acme,02/02/2026 12:30,,,Open,40%
"""
CLOSES = """\
Deal ID,Deal Name,Amount,Close Date,Deal Stage,Deal Owner
1,A,100,2026-01-10,Closed Won,Ann Lee
2,B,200,2026-01-11,Closed Lost,Ann Lee
3,C,300,2026-09-30,Negotiation,Bob Ray
"""


def test_a_german_export(files: Files) -> None:
    files.write("Verkaufschancen.csv", GERMAN.encode("cp1252"))
    guess = files.table("opportunity")
    assert (guess.options.encoding, guess.date_format, guess.decimal) == (
        "cp1252",
        "%d.%m.%Y",
        ",",
    )
    assert sure(guess) == {
        "opportunity_id": '"Auftragsnr."',
        "account_id": "Kunde",
        "owner_id": "Vertriebsmitarbeiter",
        "amount": "regexp_replace(\"Betrag (netto)\", '[^0-9.,+-]', '', 'g')",
        "created_at": '"Angelegt am"',
        "closed_at": "Abschlussdatum",
        "outcome": "case Status when 'Gewonnen' then 'won' when 'Verloren' then 'lost' end",
    }


def test_reps_and_accounts_that_only_deals_name(files: Files) -> None:
    files.write("Verkaufschancen.csv", GERMAN.encode("cp1252"))
    assert sure(files.table("rep")) == {
        "rep_id": "Vertriebsmitarbeiter",
        "name": "Vertriebsmitarbeiter",
    }
    assert sure(files.table("account")) == {"account_id": "Kunde", "name": "Kunde"}


def test_days_and_months_are_told_by_the_other_dates_of_a_file(files: Files) -> None:
    # 02/03/2026 may be either; 01/13/2026 is a 13th.
    files.write("deals.csv", PIPEDRIVE)
    found = sure(files.table("opportunity"))
    assert found["closed_at"] == 'coalesce("Won time", "Lost time")'
    assert found["probability"].endswith("::double / 100")
    assert files.table("opportunity").date_format == "%m/%d/%Y %H:%M"


def test_days_and_months_that_nothing_tells_stay_a_comment(files: Files) -> None:
    files.write("deals.csv", "id,amount,close date\n1,5,01/02/2026\n2,7,03/04/2026\n")
    assert "closed_at" in unsure(files.table("opportunity"))


def test_a_close_date_of_open_deals_is_the_one_expected(files: Files) -> None:
    files.write("hubspot-crm-exports-all-deals-2026.csv", CLOSES)
    found = sure(files.table("opportunity"))
    assert found["expected_close_on"] == '"Close Date"'
    ended = """case when "Deal Stage" in ('Closed Lost', 'Closed Won') then "Close Date" end"""
    assert found["closed_at"] == ended
    assert found["stage"] == '"Deal Stage"'


def test_a_column_refers_to_the_table_whose_keys_it_holds(files: Files) -> None:
    files.write("people.csv", "user id,full name\nu1,Ann Lee\nu2,Bob Ray\nu3,Cara Fox\n")
    files.write("users.csv", "id,name,email\nu1,Ann,a@x.de\nu2,Bob,b@x.de\nu3,Cara,c@x.de\n")
    files.write("deals.csv", "deal id,amount,who,created\n1,5,u1,2026-01-01\n2,7,u2,2026-01-02\n")
    guess = next(each for each in files.proposal().tables if each.table == "opportunity")
    (owner,) = [each for each in guess.columns if each.columns == ("who",)]
    assert owner.confidence == 0.6
    assert owner.reason == "its values are keys of rep, by another name"


def test_rows_without_an_id_are_numbered_by_file(files: Files) -> None:
    files.write(
        "Anrufe.csv", "Datum,Mitarbeiter,Dauer (Minuten)\n2026-01-05,Ann,3\n2026-01-05,Ann,3\n"
    )
    guess = files.table("activity")
    assert sure(guess) == {
        "activity_id": "'Anrufe.csv ' || row_number",
        "kind": "'call'",
        "occurred_at": "Datum",
        "duration_seconds": '"Dauer (Minuten)"::double * 60',
        "rep_id": "Mitarbeiter",
    }
    assert guess.sql == "select *, row_number() over () as row_number from 'Anrufe.csv'"


def test_each_sheet_of_a_workbook_is_a_source(files: Files) -> None:
    sheets = {
        "Deals": [["Deal ID", "Amount", "Owner"], ["d1", "5", "Ann Lee"], ["d2", "6", "Ann Lee"]],
        "Sales reps": [["Rep", "E-Mail"], ["Ann Lee", "ann@x.de"], ["Bob Ray", "bob@x.de"]],
        "Notes": [["Remarks"], ["nothing"]],
    }
    files.write("sales.ods", workbook(sheets))
    proposal = files.proposal()
    assert [(each.table, each.options.sheet) for each in proposal.tables] == [
        ("rep", "Sales reps"),
        ("opportunity", "Deals"),
    ]
    assert proposal.unfit == (("sales.ods (Notes)", "its columns are like those of no table"),)


def test_records_inside_of_json(files: Files) -> None:
    rows = [
        {"attributes": {"referenceId": f"r{n}"}, "Name": f"Deal {n}", "Amount": n, "StageName": s}
        for n, s in enumerate(["Closed Won", "Closed Lost", "Qualification"])
    ]
    files.write("Opportunity.json", json.dumps({"done": True, "records": rows}))
    guess = files.table("opportunity")
    assert guess.options.path == "records"
    assert sure(guess)["opportunity_id"] == "attributes.referenceId"


def test_a_file_without_names_is_not_guessed(files: Files) -> None:
    files.write("numbers.csv", "1,2026-01-01,500\n2,2026-01-02,600\n")
    with pytest.raises(SourceError, match=r"No canonical table fits any of these: numbers\.csv"):
        files.proposal()


def test_files_that_cannot_be_read_are_named(files: Files) -> None:
    files.write("picture.csv", b"\x89PNG\r\n\x1a\n")
    files.write("notes.txt", "hello")
    with pytest.raises(SourceError, match="None of these files can be read") as raised:
        files.proposal()
    assert "picture.csv is a PNG image" in str(raised.value)
    files.write("rep.csv", "rep_id,name\n1,Ann\n")
    assert [name for name, _ in files.proposal().unread] == ["notes.txt", "picture.csv"]


def test_words_for_an_empty_cell_are_found(files: Files) -> None:
    files.write("deals.csv", "deal id,amount,created at\n1,5,2026-01-01\n2,NULL,NULL\n")
    guess = files.table("opportunity")
    assert guess.options.null == ("NULL",)
    assert sure(guess)["amount"] == "amount"


def test_older_versions_and_doubles_are_left_out(files: Files) -> None:
    content = "account_id,name,industry\n1,Acme,Retail\n2,Beta,Trade\n"
    files.write("account.csv", content)
    files.write("account_history.csv", content)
    files.write("account_copy.csv", content)
    assert files.proposal().unfit == (
        ("account_history.csv", "its name says that it holds older versions"),
        ("account_copy.csv", "it has the ids of account.csv, and no column beside those"),
    )


def test_the_same_files_give_the_same_proposal_also_from_an_archive(
    files: Files, tmp_path: Path
) -> None:
    path = files.write("deals.csv", PIPEDRIVE)
    assert files.proposal().to_toml() == files.proposal().to_toml()
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(path, "deals.csv")
    packed = propose([tmp_path / "export.zip"])
    assert [each.columns for each in packed.tables] == [
        each.columns for each in files.proposal().tables
    ]
