"""Rows of several systems keep their ids apart, and find each other where they should."""

from __future__ import annotations

from tests.load.conftest import Project

MAPPING = """\
[[rep]]
from = "reps.csv"
origin = "zoho"
rep_id = "id"
manager_id = "boss"
name = "id"

[opportunity]
from = "deals.csv"
origin = "sf"
opportunity_id = "id"
owner_id = "owner"
name = "id"
"""


def test_the_key_and_all_ids_get_the_prefix(project: Project) -> None:
    project.write("reps.csv", "id,boss\n17,18\n18,\n")
    project.write("deals.csv", "id,owner\n17,a\n")
    project.load(mapping=MAPPING)
    assert project.rows("select rep_id, manager_id, name from canonical.rep order by 1") == [
        ("zoho:17", "zoho:18", "17"),
        ("zoho:18", None, "18"),
    ]
    assert project.column("opportunity", "opportunity_id") == ["sf:17"]


def test_a_reference_with_a_known_prefix_is_left(project: Project) -> None:
    project.write("reps.csv", "id,boss\n17,\n")
    project.write("deals.csv", "id,owner\n1,zoho:17\n2,https://x\n")
    project.load(mapping=MAPPING)
    assert project.column("opportunity", "owner_id") == ["sf:https://x", "zoho:17"]


def test_an_origin_of_an_earlier_load_is_known(project: Project) -> None:
    project.write("reps.csv", "id,boss\n17,\n")
    project.write("deals.csv", "id,owner\n1,zoho:17\n")
    first, second = MAPPING.split("[opportunity]")
    project.load("reps.csv", mapping=first)
    project.load("deals.csv", mapping="[opportunity]" + second)
    assert project.column("opportunity", "owner_id") == ["zoho:17"]


def test_only_ids_in_mixed_columns_get_the_prefix(project: Project) -> None:
    project.write("q.csv", "kind,owner\nrep,17\nteam,North\n")
    project.write("c.csv", "id,field,old,new\n1,owner_id,17,18\n1,amount,5,6\n")
    project.load(
        mapping="""
        [quota]
        from = "q.csv"
        origin = "sf"
        owner_kind = "kind"
        owner_id = "owner"
        starts_on = "'2024-01-01'"
        [opportunity_change]
        from = "c.csv"
        origin = "sf"
        opportunity_id = "id"
        field = "field"
        old_value = "old"
        new_value = "new"
        changed_at = "'2024-01-01'"
    """
    )
    assert project.column("quota", "owner_id") == ["North", "sf:17"]
    assert project.rows(
        "select field, old_value, new_value from canonical.opportunity_change order by 1"
    ) == [("amount", "5", "6"), ("owner_id", "sf:17", "sf:18")]
