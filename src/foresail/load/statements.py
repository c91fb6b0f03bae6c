"""The SQL of a mapping file: parsed by DuckDB itself, and refused where it reaches too far.

A mapping may come from somebody who may load files and do nothing else. Its SQL therefore runs
in an engine of its own that holds this load's files only (`workbench.py`), and is checked here
first, on the very tree that the engine would run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from foresail.core.errors import SourceError

TABLE_FUNCTIONS = {"range", "generate_series", "unnest"}
ROW_MAKERS = {"unnest", "unlist", "generate_subscripts", "regexp_split_to_table"}
RELATIONS = {"EMPTY", "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST"}
REFUSED_FUNCTIONS = {
    "current_setting",
    "error",
    "getenv",
    "getvariable",
    "json_execute_serialized_sql",
    "nextval",
    "currval",
    "query",
    "query_table",
    "setseed",
    "sleep_ms",
    "stats",
    "txid_current",
    "version",
    "write_log",
}
REFUSED_BEGINNINGS = ("current_", "duckdb_", "has_", "in_search", "pg_", "pragma_", "read_")
CLOCK = {"current_date", "current_timestamp", "current_localtime", "current_localtimestamp"}
BUILT_IN_SCHEMAS = ("", "main", "system")

Node = dict[str, Any]


def check_expression(
    connection: duckdb.DuckDBPyConnection, expression: str, columns: Iterable[str], where: str
) -> None:
    """Refuse what is not one plain expression over a row's columns.

    Errors: `SourceError`.
    """
    statement = _parsed(connection, f"select (\n{expression}\n)", f"{where} = {expression!r}")
    node = statement["node"]
    bare = (
        node["type"] == "SELECT_NODE"
        and len(node["select_list"]) == 1
        and node["from_table"]["type"] == "EMPTY"
        and not any(node[part] for part in ("where_clause", "having", "qualify", "sample"))
        and not any(node[part] for part in ("modifiers", "group_expressions", "group_sets"))
    )
    if not bare:
        raise SourceError(f"{where} = {expression!r} must be one expression over the columns.")
    _check_nodes(statement, set(), {column.lower() for column in columns}, where)
    if any(node.get("function_name", "").lower() in ROW_MAKERS for node in _nodes(statement)):
        raise SourceError(f"{where} = {expression!r} makes several rows of one. Use sql for that.")


def check_query(
    connection: duckdb.DuckDBPyConnection, sql: str, is_file: Iterable[str], where: str
) -> set[str]:
    """The files that a query reads; refused is all that is not this load's.

    Errors: `SourceError`.
    """
    statement = _parsed(connection, sql, where)
    return _check_nodes(statement, {name.lower() for name in is_file}, set(), where)


def relations_of(connection: duckdb.DuckDBPyConnection, sql: str, where: str) -> set[str]:
    """The tables that a query asks for beside its own subqueries, in lower case.

    Errors: `SourceError` when it cannot be read.
    """
    nodes = list(_nodes(_parsed(connection, sql, where)))
    asked = {node["table_name"].lower() for node in nodes if _relation(node) == "BASE_TABLE"}
    return asked - set(_own_names(nodes))


def _parsed(connection: duckdb.DuckDBPyConnection, sql: str, where: str) -> Node:
    try:
        row = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    except duckdb.Error as error:
        raise SourceError(f"{where} cannot be read: {first_line(error)}") from error
    assert row is not None
    tree = json.loads(row[0])
    if tree["error"]:
        raise SourceError(f"{where} cannot be read: {tree['error_message'].splitlines()[0]}")
    if len(tree["statements"]) != 1:
        raise SourceError(f"{where} must be one statement, a select.")
    statement: Node = tree["statements"][0]
    return statement


def _check_nodes(statement: Node, files: set[str], columns: set[str], where: str) -> set[str]:
    nodes = list(_nodes(statement))
    own = set(_own_names(nodes))
    read = set()
    for node in nodes:
        relation = _relation(node)
        if relation and relation not in RELATIONS:
            raise SourceError(f"{where} may only select from this load's files.")
        if relation == "BASE_TABLE":
            name = node["table_name"]
            if node["schema_name"] or node["catalog_name"] or name.lower() not in files | own:
                asked = ".".join(filter(None, (node["schema_name"], name)))
                known = ", ".join(sorted(files)) or "none"
                raise SourceError(
                    f"{where} asks for {asked}, but sees only the files of this load: {known}."
                )
            if name.lower() not in own:
                read.add(name.lower())
        if relation == "TABLE_FUNCTION":
            name = node["function"].get("function_name", "").lower()
            if name not in TABLE_FUNCTIONS:
                raise SourceError(
                    f"{where} may not call {name}. It sees only the files of this load, "
                    "and the functions range, generate_series and unnest."
                )
        _check_function(node, columns, where)
    return read


def _check_function(node: Node, columns: set[str], where: str) -> None:
    name = node.get("function_name", "")
    if node.get("class") == "COLUMN_REF" and len(node["column_names"]) == 1:
        name = node["column_names"][0]
        if name.lower() in columns:
            return
    name = name.lower()
    outside = node.get("schema", "") not in BUILT_IN_SCHEMAS or node.get("catalog", "") not in (
        "",
        "system",
    )
    refused = name in REFUSED_FUNCTIONS or name.startswith(REFUSED_BEGINNINGS)
    is_call = "function_name" in node or node.get("class") == "COLUMN_REF"
    if is_call and ((refused and name not in CLOCK) or ("function_name" in node and outside)):
        raise SourceError(f"{where} may not call {name}: it reaches beyond the load's files.")
    if node.get("type") in ("RECURSIVE_CTE_NODE", "VALUE_PARAMETER"):
        raise SourceError(f"{where} may use neither recursion nor parameters.")


def _relation(node: Node) -> str:
    """What kind of table a node of the tree stands for, empty when it is no table."""
    is_table = "sample" in node and "alias" in node and "type" in node and "class" not in node
    return str(node["type"]) if is_table else ""


def _own_names(nodes: Iterable[Node]) -> Iterator[str]:
    """The names that a query gives to its own subqueries."""
    for node in nodes:
        for entry in node.get("cte_map", {}).get("map", []):
            yield entry["key"].lower()


def _nodes(tree: Node) -> Iterator[Node]:
    waiting: list[Any] = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def first_line(error: Exception) -> str:
    """The first line of an engine's message, which says what is wrong."""
    return str(error).strip().splitlines()[0]
