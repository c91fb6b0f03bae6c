"""Superset: metrics of datasets, asked through its REST, cache off, without a socket between.

A second process that serves would add its socket to each time; here its own test client asks.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.peers.peer import LAYERS_CANNOT, Peer

IS_OURS = "direction = 'outbound'"
IS_TOUCH = f"{IS_OURS} and (kind <> 'meeting' or outcome = 'held')"
METRICS = {
    "calls": f"count(*) filter (where {IS_OURS} and kind = 'call')",
    "connects": f"count(*) filter (where {IS_OURS} and kind = 'call' and outcome = 'connected')",
    "mails": f"count(*) filter (where {IS_OURS} and kind = 'email')",
    "social": f"count(*) filter (where {IS_OURS} and kind = 'social')",
    "talk": "sum(duration_seconds) filter (where kind = 'call' and outcome = 'connected')",
    "people": f"count(distinct lead_id) filter (where {IS_TOUCH})",
    "leads": f"count(distinct lead_id) filter (where {IS_TOUCH})",
}
COUNTED = ("calls", "connects", "mails", "social", "talk")
OF_TEAMS = "select activity.*, rep.team from activity join rep using (rep_id)"
COLUMNS = ("rep_id", "kind", "direction", "outcome", "lead_id", "duration_seconds")
AT = "occurred_at"
MOST_ROWS = 50_000
MONTH, WEEK = "P1M", "P1W"
TWO_MONTHS, YEAR = "2026-10-01 : 2026-12-01", "2025-10-06 : 2026-10-05"


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The declarations, and the questions to them."""
    file = (folder / "plain.duckdb").resolve()
    with TemporaryDirectory() as name:
        home = Path(name)
        _configure(home)
        app = _app()
        with app.app_context():
            database, connection = _database(file)
            activity, of_teams = _datasets(database)
        asking = _Asking(app.test_client())
        yield Peer(
            connection.driver_connection.duplicate(),
            {
                "Q1n": lambda: asking(activity, COUNTED, "rep_id", MONTH, TWO_MONTHS),
                "Q1": lambda: asking(activity, (*COUNTED, "people"), "rep_id", MONTH, TWO_MONTHS),
                "Q2": lambda: asking(of_teams, ("calls", "connects", "leads"), "team", WEEK, YEAR),
            },
            _rows,
            LAYERS_CANNOT,
        )
        connection.close()


def _configure(home: Path) -> None:
    """Settings of its own: metadata in SQLite, nothing cached, no forms to forge."""
    settings = {
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home / 'metadata.db'}",
        "WTF_CSRF_ENABLED": False,
        "TALISMAN_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "ROW_LIMIT": MOST_ROWS,
        "DATA_CACHE_CONFIG": {"CACHE_TYPE": "NullCache"},
        "CACHE_CONFIG": {"CACHE_TYPE": "NullCache"},
    }
    text = "\n".join(f"{name} = {value!r}" for name, value in settings.items())
    (home / "superset_config.py").write_text(text, encoding="utf-8")
    os.environ["SUPERSET_CONFIG_PATH"] = str(home / "superset_config.py")
    os.environ["SUPERSET_HOME"] = str(home)


def _app() -> Any:
    """The application, with its tables, roles and one account."""
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        from flask_appbuilder import Model
        from superset.extensions import appbuilder, db, security_manager

        Model.metadata.create_all(db.engine)
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        role = security_manager.find_role("Admin")
        security_manager.add_user("admin", "A", "B", "admin@example.com", role, "admin")
    return app


def _database(file: Path) -> tuple[Any, Any]:
    """The database that it knows, and a connection to it that stays open.

    Another one of this process would need the same settings to the letter.
    """
    from superset.models.core import Database

    url = f"duckdb:///{file}?access_mode=READ_ONLY"
    database = Database(database_name="bench", sqlalchemy_uri=url)
    with database.get_sqla_engine() as engine:
        return database, engine.raw_connection()


def _datasets(database: Any) -> tuple[int, int]:
    """The activities, and the same with the team of the rep: their numbers."""
    from superset.connectors.sqla.models import SqlaTable, SqlMetric, TableColumn
    from superset.extensions import db

    found = []
    for table, sql, more in (("activity", None, ()), ("of_teams", OF_TEAMS, ("team",))):
        columns = [TableColumn(column_name=each, type="VARCHAR") for each in (*COLUMNS, *more)]
        columns.append(TableColumn(column_name=AT, type="TIMESTAMP", is_dttm=True))
        metrics = [SqlMetric(metric_name=name, expression=sql) for name, sql in METRICS.items()]
        dataset = SqlaTable(
            table_name=table,
            sql=sql,
            database=database,
            main_dttm_col=AT,
            columns=columns,
            metrics=metrics,
        )
        db.session.add(dataset)
        found.append(dataset)
    db.session.commit()
    first, second = (int(each.id) for each in found)
    return first, second


class _Asking:
    """Somebody who signed in, and asks for the data of a chart."""

    def __init__(self, client: Any):
        self.client = client
        account = {"username": "admin", "password": "admin", "provider": "db"}
        told = client.post("/api/v1/security/login", json=account).get_json()
        self.headers = {"Authorization": f"Bearer {told['access_token']}"}

    def __call__(
        self, dataset: int, metrics: Sequence[str], by: str, grain: str, period: str
    ) -> bytes:
        """The bytes of the answer."""
        axis = {
            "columnType": "BASE_AXIS",
            "expressionType": "SQL",
            "label": "period",
            "sqlExpression": AT,
            "timeGrain": grain,
        }
        query = {
            "columns": [axis, by],
            "metrics": list(metrics),
            "granularity": AT,
            "time_range": period,
            "row_limit": MOST_ROWS,
        }
        asked = {
            "datasource": {"id": dataset, "type": "table"},
            "queries": [query],
            "result_format": "json",
            "result_type": "full",
            "force": True,
        }
        answer = self.client.post("/api/v1/chart/data", json=asked, headers=self.headers)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: bytes = answer.data
        return found


def _rows(found: bytes) -> Iterator[dict[str, Any]]:
    for row in json.loads(found)["result"][0]["data"]:
        at = dt.datetime.fromtimestamp(row["period"] / 1000, dt.UTC)
        yield {**row, "period": at.date()}
