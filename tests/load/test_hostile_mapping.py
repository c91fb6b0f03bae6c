"""A mapping sees the rows of its own load, and nothing else of the warehouse or the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from foresail.core.errors import SourceError
from foresail.load import load_files
from foresail.load.workbench import workbench
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.changes import Changes
from foresail.warehouse.sections import LoadingSettings
from tests.load.conftest import Project

EXPRESSIONS = [
    "(select content from read_text('/etc/passwd'))",
    "(select max(name) from canonical.rep)",
    "(select count(*) from 'a.csv')",
    "(select max(column0) from '/etc/passwd')",
    "(select count(*) from duckdb_settings())",
    "(select value from duckdb_settings)",
    "getenv('HOME')",
    "GetEnv('HOME')",
    "current_setting('temp_directory')",
    "system.main.current_setting('temp_directory')",
    "current_database()",
    "current_user",
    "id) from 'a.csv'; drop table raw_2; select (id",
    "id) from read_csv('/etc/passwd') where (1=1",
    "id), (name",
    "id); copy (select 1) to '/tmp/x",
    "unnest([1, 2])",
    "(select unnest([1, 2]))",
    "nextval('x')",
    "sleep_ms(100000)",
    "$1",
    "id; select 1",
    "pragma_version()",
    "(from query('select 1'))",
    "error(id)",
    "write_log(id)",
    "json_execute_serialized_sql('x')",
]
QUERIES = [
    "select content as id from read_text('/etc/passwd')",
    "select file as id from glob('/*')",
    "select column0 as id from '/etc/passwd'",
    "select column0 as id from read_csv_auto('/etc/passwd')",
    "select * from parquet_scan('x.parquet')",
    "from sniff_csv('/etc/passwd')",
    "select rep_id as id from canonical.rep",
    "select * from meta.load",
    "select * from fact.touch",
    "select * from raw_2",
    "select * from set_aside",
    "select * from information_schema.tables",
    "select * from duckdb_tables()",
    "select * from sqlite_master",
    "select * from pg_catalog.pg_class",
    "with duckdb_settings as (select 1) select * from main.duckdb_settings",
    "with recursive r as (select 1 as id union all select id from r) select * from r",
    "select * from (describe 'a.csv')",
    "show tables",
    "summarize 'a.csv'",
    "select id from 'a.csv'; select 1",
    "drop table set_aside",
    "create table x as select 1",
    "insert into canonical.rep values (1)",
    "copy (select 1) to '/tmp/foresail-hostile'",
    "attach '/tmp/x.db'",
    "install httpfs",
    "set enable_external_access = true",
    "pragma database_list",
    "call pragma_version()",
    "export database '/tmp/foresail-hostile'",
    "select * from query('select 1')",
    "select * from query_table('set_aside')",
    "select getenv('HOME') as id",
    "from json_execute_serialized_sql('x')",
    "select id from 'a.csv' where id = current_setting('temp_directory')",
    "select id from 'a.csv', (select getvariable('x'))",
]


def refused(project: Project, mapping: str) -> str:
    project.write("a.csv", "id,name\n1,Ann\n")
    with pytest.raises(SourceError) as raised:
        project.load(mapping=mapping)
    assert project.rows("select count(*) from canonical.rep") == [(0,)]
    return str(raised.value)


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("place", ["name", "where"])
def test_an_expression_that_reaches_too_far_is_refused(
    project: Project, expression: str, place: str
) -> None:
    said = refused(project, f"[rep]\nfrom = 'a.csv'\nrep_id = 'id'\n{place} = '''{expression}'''\n")
    assert f"[rep]: {place}" in said


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_reaches_too_far_is_refused(project: Project, query: str) -> None:
    assert "[rep]: sql" in refused(project, f"[rep]\nsql = '''{query}'''\nrep_id = 'id'\n")
    assert not Path("/tmp/foresail-hostile").exists()


@pytest.mark.parametrize(
    "query",
    [
        "select id from 'a.csv'",
        'from "A.csv"',
        "with a as (from 'a.csv') select a.id from a join a b using (id)",
        "select id from 'a.csv' union select n::varchar from generate_series(1, 2) t(n)",
        "select id from (values ('1')) t(id)",
        "select unnest(['1', '2']) as id",
        "select id, row_number() over () from 'a.csv' where id in (select id from 'a.csv')",
        "select strftime(current_date, '%Y') as id",
    ],
)
def test_honest_queries_are_let_through(project: Project, query: str) -> None:
    project.write("a.csv", "id,name\n1,Ann\n")
    project.load(mapping=f"[rep]\nsql = '''{query}'''\nrep_id = 'id'\n")
    assert project.rows("select count(*) > 0 from canonical.rep") == [(True,)]


def test_a_column_may_be_called_like_a_refused_function(project: Project) -> None:
    project.write("a.csv", "version,current_user\n1,Ann\n")
    project.load(
        mapping="[rep]\nfrom = 'a.csv'\nrep_id = 'version'\nname = 'upper(current_user)'\n"
    )
    assert project.rows("select rep_id, name from canonical.rep") == [("1", "ANN")]


def test_the_workbench_itself_reads_no_file_once_it_is_locked(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with workbench(Settings()) as bench:
        bench.lock()
        for sql in (
            f"from read_text('{secret}')",
            f"from '{secret}'",
            f"copy (select 1) to '{tmp_path}/out'",
            f"attach '{tmp_path}/x.db'",
            "set enable_external_access = true",
            "set allowed_directories = ['/']",
            "set memory_limit = '900GB'",
            "install httpfs",
            "from 'http://127.0.0.1:9/a.csv'",
        ):
            with pytest.raises(Exception, match=r"disabled|[Cc]annot|does not exist") as raised:
                bench.execute(sql)
            assert type(raised.value).__module__.endswith("duckdb")


def test_a_python_variable_is_no_table(project: Project) -> None:
    project.write("a.csv", "id\n1\n")
    assert "sees only the files of this load" in refused(
        project, "[rep]\nsql = 'select 1 as id from settings'\nrep_id = 'id'\n"
    )


@pytest.mark.parametrize(
    "entry",
    [
        "sql = 'select sum(n)::varchar as id from range(1000000000000) t(n)'\nrep_id = 'id'",
        "from = 'a.csv'\nrep_id = '(select sum(n)::varchar from range(1000000000000) t(n))'",
    ],
)
def test_an_endless_mapping_is_ended(tmp_path: Path, entry: str) -> None:
    (tmp_path / "a.csv").write_text("id,name\n1,Ann\n")
    (tmp_path / "mapping.toml").write_text(f"[rep]\n{entry}\n")
    settings = Settings(loading=LoadingSettings(seconds=1))
    warehouse = Warehouse.open(tmp_path, settings)
    paths, mapping = [tmp_path / "a.csv"], tmp_path / "mapping.toml"
    with pytest.raises(SourceError, match="longer than 1 seconds"), warehouse.writing() as cursor:
        load_files(cursor, settings, paths, Changes(cursor), mapping=mapping)
    warehouse.close()
