"""Foresail itself, asked as of another instant each time, so that no answer is kept."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench.kpis.comparing import AS_OF, ask
from bench.kpis.questions import QUESTIONS, Question
from bench.organisation.kept import Organisation
from bench.peers.peer import Peer
from foresail.project import Project
from foresail.project.results import Answer

_instants = itertools.count(1)


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The project, and the questions to it."""
    with Organisation(folder, float(folder.name)).opened() as (project, plain):
        asks = {each.name: partial(_asked, project, each) for each in QUESTIONS}
        yield Peer(plain, asks, _rows)


def _asked(project: Project, question: Question) -> tuple[Question, Answer]:
    return question, ask(project, question, AS_OF + dt.timedelta(seconds=next(_instants)))


def _rows(found: tuple[Question, Answer]) -> Iterator[dict[str, Any]]:
    question, answer = found
    for row in answer.rows:
        named = {theirs: row[ours] for ours, theirs in question.columns.items()}
        yield {**{key: row[key] for key in question.keys}, **named}
