"""Superset: metrics of datasets, asked through its REST, cache off, without a socket between.

A second process that serves would add its socket to each time; here its own test client asks.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
WON_AT = "(select min(closed_at) from opportunity where lead_id = lead.lead_id and outcome = 'won')"
OF_LEADS = {
    "leads": "count(*)",
    "customers": f"count(*) filter (where {WON_AT} - created_at <= interval 90 days)",
}
OF_TEAMS = "select activity.*, rep.team from activity join rep using (rep_id)"
COLUMNS = ("rep_id", "kind", "direction", "outcome", "lead_id", "duration_seconds")
AT, CREATED_AT = "occurred_at", "created_at"
MOST_ROWS = 50_000
MONTH, WEEK = "P1M", "P1W"
TWO_MONTHS, YEAR = "2026-10-01 : 2026-12-01", "2025-10-06 : 2026-10-05"
COHORTS = "2025-07-01 : 2026-07-01"


@dataclass(frozen=True)
class _Dataset:
    """The number of a dataset, and the column with its time."""

    id: int
    at: str


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
            activity, of_teams, lead = _datasets(database)
        asking = _Asking(app.test_client())
        yield Peer(
            connection.driver_connection.duplicate(),
            {
                "Q1n": lambda: asking(activity, COUNTED, "rep_id", MONTH, TWO_MONTHS),
                "Q1": lambda: asking(activity, (*COUNTED, "people"), "rep_id", MONTH, TWO_MONTHS),
                "Q2": lambda: asking(of_teams, ("calls", "connects", "leads"), "team", WEEK, YEAR),
                "Q4": lambda: asking(lead, tuple(OF_LEADS), "owner_id", MONTH, COHORTS),
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


def _datasets(database: Any) -> tuple[_Dataset, ...]:
    """The activities, the same with the team of the rep, and the leads."""
    return (
        _dataset(database, "activity", METRICS, COLUMNS, AT),
        _dataset(database, "of_teams", METRICS, (*COLUMNS, "team"), AT, OF_TEAMS),
        _dataset(database, "lead", OF_LEADS, ("lead_id", "owner_id"), CREATED_AT),
    )


def _dataset(
    database: Any,
    table: str,
    metrics: Mapping[str, str],
    columns: Sequence[str],
    at: str,
    sql: str | None = None,
) -> _Dataset:
    from superset.connectors.sqla.models import SqlaTable, SqlMetric, TableColumn
    from superset.extensions import db

    dataset = SqlaTable(
        table_name=table,
        sql=sql,
        database=database,
        main_dttm_col=at,
        columns=[
            *(TableColumn(column_name=each, type="VARCHAR") for each in columns),
            TableColumn(column_name=at, type="TIMESTAMP", is_dttm=True),
        ],
        metrics=[SqlMetric(metric_name=name, expression=each) for name, each in metrics.items()],
    )
    db.session.add(dataset)
    db.session.commit()
    return _Dataset(int(dataset.id), at)


class _Asking:
    """Somebody who signed in, and asks for the data of a chart."""

    def __init__(self, client: Any):
        self.client = client
        account = {"username": "admin", "password": "admin", "provider": "db"}
        told = client.post("/api/v1/security/login", json=account).get_json()
        self.headers = {"Authorization": f"Bearer {told['access_token']}"}

    def __call__(
        self, dataset: _Dataset, metrics: Sequence[str], by: str, grain: str, period: str
    ) -> bytes:
        """The bytes of the answer."""
        axis = {
            "columnType": "BASE_AXIS",
            "expressionType": "SQL",
            "label": "period",
            "sqlExpression": dataset.at,
            "timeGrain": grain,
        }
        query = {
            "columns": [axis, by],
            "metrics": list(metrics),
            "granularity": dataset.at,
            "time_range": period,
            "row_limit": MOST_ROWS,
        }
        asked = {
            "datasource": {"id": dataset.id, "type": "table"},
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
        named = {("rep_id" if name == "owner_id" else name): value for name, value in row.items()}
        yield {**named, "period": at.date()}
