"""Records come in any order and in pages; the pages together are the whole."""

from collections.abc import Iterator

import pytest

from foresail.core.errors import QuestionError
from foresail.project import Project
from foresail.project.results import Records
from foresail.warehouse.sections import Privacy

TABLES = {
    "rep.csv": "rep_id,name,team\nr1,Zoe,North\nr2,Ann,North\nr3,Max,South\n",
    "opportunity.csv": """\
opportunity_id,owner_id,name,created_at,closed_at,outcome,amount,currency,account_id
o1,r1,Mill,2026-02-01,2026-03-05,won,1000,EUR,acme
o2,r2,Mine,2026-02-01,2026-03-06,won,300,EUR,
o3,r3,Dock,2026-02-11,2026-03-10,won,500,EUR,bolt
o4,r2,Farm,2026-02-11,2026-03-12,won,500,EUR,acme
o5,r3,Barn,2026-02-11,2026-03-15,won,250,EUR,
""",
}
MARCH = "2026-03"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("paged")
    Project.init(folder, "Hill")
    for name, text in TABLES.items():
        (folder / name).write_text(text)
    with Project.open(folder) as found:
        assert isinstance(found, Project)
        found.load(*(folder / name for name in TABLES))
        yield found


def ids(found: Records) -> list[str]:
    return [row["opportunity_id"] for row in found.rows]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, ["o1", "o2", "o3", "o4", "o5"]),
        ("value", ["o5", "o2", "o3", "o4", "o1"]),
        ("-value", ["o1", "o3", "o4", "o2", "o5"]),
        ("rep", ["o2", "o4", "o3", "o5", "o1"]),
        ("-rep", ["o1", "o3", "o5", "o2", "o4"]),
        ("rep_id", ["o1", "o2", "o4", "o3", "o5"]),
        ("account_id", ["o1", "o4", "o3", "o2", "o5"]),
        ("-account_id", ["o3", "o1", "o4", "o2", "o5"]),
        ("-closed_at", ["o5", "o4", "o3", "o2", "o1"]),
    ],
)
def test_any_column_orders_and_the_pages_are_the_whole(
    project: Project, order: str | None, expected: list[str]
) -> None:
    whole = project.records("revenue", period=MARCH, order=order)
    assert (ids(whole), whole.count) == (expected, 5)
    pages = [
        project.records("revenue", period=MARCH, order=order, limit=2, offset=offset)
        for offset in (0, 2, 4)
    ]
    assert [ids(each) for each in pages] == [expected[:2], expected[2:4], expected[4:]]
    assert [each.count for each in pages] == [5, 5, 5]


def test_how_many_there_are_is_known_beyond_the_last_page(project: Project) -> None:
    beyond = project.records("revenue", period=MARCH, limit=2, offset=8)
    assert (beyond.rows, beyond.count) == ([], 5)
    assert project.records("revenue", period=MARCH, limit=0).count == 5
    assert project.records("revenue", period="2026-01", limit=2).count == 0


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"limit": -1}, "-1 rows cannot be shown"),
        ({"offset": -1}, "-1 rows cannot be shown"),
        ({"order": "-valu"}, "no column valu to order by. Did you mean value?"),
    ],
)
def test_what_cannot_be_cut_says_why(
    project: Project, how: dict[str, str | int], message: str
) -> None:
    with pytest.raises(QuestionError, match=message):
        project.records("revenue", period=MARCH, **how)  # type: ignore[arg-type]


def test_an_order_tells_nothing_of_reps_who_are_not_told_of(project: Project) -> None:
    council = Privacy(works_council=True, group_size=2)
    withheld = project.with_settings(project.settings.model_copy(update={"privacy": council}))
    assert withheld.records("revenue", period=MARCH).count == 5
    for order in ("rep", "rep_id", "-owner_rep"):
        with pytest.raises(QuestionError, match="no column"):
            withheld.records("revenue", period=MARCH, order=order)
