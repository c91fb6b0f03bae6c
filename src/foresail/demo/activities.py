"""Activities as blocks of arrays, and how blocks become rows of the file."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Flags, Ints, Random, choose, ints
from foresail.demo.clock import Clock

KINDS = ("call", "email", "meeting", "social", "letter", "other")
CALL, EMAIL, MEETING, SOCIAL, LETTER, OTHER = range(6)
OUTBOUND, INBOUND = range(2)
OUTCOMES = (
    *("connected", "voicemail", "no_answer", "busy", "abandoned"),
    *("held", "no_show", "cancelled", "moved", "delivered", "bounced", "replied"),
)
CONNECTED, VOICEMAIL, NO_ANSWER, BUSY, ABANDONED = range(5)
HELD, NO_SHOW, CANCELLED, MOVED, DELIVERED, BOUNCED, REPLIED = range(5, 12)
SUBJECTS = (
    *names.CALL_SUBJECTS,
    *names.MAIL_SUBJECTS,
    *names.MEETING_SUBJECTS,
    *names.SOCIAL_SUBJECTS,
)
CONVERSATION_SECONDS = 120
DELETED = 0.0015
"""Share of the entries that were made by mistake and deleted within days."""
MAIN_NUMBER = "+49 40 5550 100"

Block: TypeAlias = dict[str, Ints]

MOMENTS = ("at", "booked", "deleted")
CODES = (
    *("kind", "direction", "seconds", "completed", "rep", "lead", "contact", "account", "deal"),
    *("outcome", "automated", "conversation", "moved_by", "moved_from", "network", "subject"),
    *("note", "recorded", "number"),
)


def block(n: int, **given: Ints | int) -> Block:
    """A block of activities; what is not given stays empty. `moved_from` counts from its start."""
    rows = {name: np.full(n, NEVER) for name in MOMENTS}
    rows |= {name: np.full(n, NOTHING) for name in CODES}
    for name, values in given.items():
        rows[name] = np.broadcast_to(np.asarray(values, dtype=np.int64), n).copy()
    return rows


def join(parts: list[Block]) -> Block:
    """Several blocks as one."""
    starts = np.cumsum([0, *(len(part["kind"]) for part in parts)])
    for part, start in zip(parts, starts, strict=False):
        part["moved_from"] = np.where(part["moved_from"] < 0, NOTHING, part["moved_from"] + start)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def select(rows: Block, keep: Flags) -> Block:
    """The rows that are kept; a successor of a row that is not loses its pointer."""
    place = np.where(keep, np.cumsum(keep) - 1, NOTHING)
    pointer = rows["moved_from"]
    moved = np.where(pointer < 0, NOTHING, place[np.maximum(pointer, 0)])
    return {name: (moved if name == "moved_from" else rows[name])[keep] for name in rows}


def call_outcomes(random: Random, answered: Flags) -> Ints:
    """Connected, or the ways in which a call fails."""
    failed = 1 + choose(random, len(answered), (0.42, 0.44, 0.1, 0.04))
    return np.where(answered, CONNECTED, failed)


def call_seconds(random: Random, outcome: Ints) -> Ints:
    """How long calls take: talks a few minutes, the others some seconds."""
    n = len(outcome)
    talk = ints(np.exp(random.normal(5.35, 0.8, n))).clip(8, 5400)
    short = ints(random.gamma(2.0, 12, n)) + 4
    return np.where(outcome == CONNECTED, talk, short)


def decorate(random: Random, rows: Block) -> Block:
    """Add subjects, networks, recordings and, to some talks, a note and the rep's judgement."""
    kind, n = rows["kind"], len(rows["kind"])
    first = np.array([0, 4, 10, 15, NOTHING, NOTHING])[kind]
    width = np.array([4, 6, 5, 3, 1, 1])[kind]
    rows["subject"] = np.where(first < 0, NOTHING, first + ints(random.random(n) * width))
    rows["network"] = np.where(kind == SOCIAL, choose(random, n, (0.78, 0.14, 0.08)), NOTHING)
    talk = (kind == CALL) & (rows["outcome"] == CONNECTED)
    long = rows["seconds"] >= CONVERSATION_SECONDS
    judged = talk & (random.random(n) < 0.6) & (rows["conversation"] < 0)
    verdict = (long & (random.random(n) < 0.85)).astype(np.int64)
    rows["conversation"] = np.where(judged, verdict, rows["conversation"])
    noted = (talk & long) | (rows["outcome"] == HELD)
    note = ints(random.random(n) * len(names.NOTES))
    rows["note"] = np.where(noted & (random.random(n) < 0.3), note, NOTHING)
    slips = (kind != MEETING) & (rows["completed"] > 0) & (random.random(n) < DELETED)
    rows["deleted"] = np.where(slips, rows["at"] + random.integers(300, 6 * DAY, n), NEVER)
    rows["recorded"] = np.where(talk & long & (random.random(n) < 0.5), 1, NOTHING)
    return rows


def tracking_number(asset: int) -> str:
    """An asset's own telephone number."""
    return f"+49 40 5550 2{asset:02d}"


def columns(clock: Clock, rows: Block, first: int) -> files.Columns:
    """A block as columns of the canonical table; the first row gets the id `first`."""
    number = first + np.arange(len(rows["kind"]))
    moved_from = np.where(rows["moved_from"] < 0, NOTHING, rows["moved_from"] + first)
    url = f"https://recordings.{names.DOMAIN}/"
    recorded = np.where(rows["recorded"] > 0, number, NOTHING)
    dialled = [MAIN_NUMBER, *(tracking_number(index) for index in range(len(names.ASSETS)))]
    references = {"rep": "R", "lead": "L", "contact": "K", "account": "C", "deal": "O"}
    found = {
        ("opportunity" if name == "deal" else name) + "_id": files.ids(
            prefix, np.where(rows[name] < 0, NOTHING, rows[name] + 1)
        )
        for name, prefix in references.items()
    }
    return {
        "activity_id": files.ids("A", number),
        "kind": files.pick(KINDS, rows["kind"]),
        "direction": files.pick(("outbound", "inbound"), rows["direction"]),
        "occurred_at": files.instants(clock.utc(rows["at"])),
        "booked_at": files.instants(clock.utc(rows["booked"])),
        "duration_seconds": pa.array(rows["seconds"].astype(np.float64), mask=rows["seconds"] < 0),
        "is_completed": files.flags(rows["completed"]),
        **found,
        "outcome": files.pick(OUTCOMES, rows["outcome"]),
        "is_automated": files.flags(rows["automated"]),
        "is_conversation": files.flags(rows["conversation"]),
        "moved_by": files.pick(("prospect", "rep"), rows["moved_by"]),
        "moved_from_id": files.ids("A", moved_from),
        "network": files.pick(names.NETWORKS, rows["network"]),
        "subject": files.pick(SUBJECTS, rows["subject"]),
        "note": files.pick(names.NOTES, rows["note"]),
        "recording_url": pc.binary_join_element_wise(files.ids(url, recorded), ".mp3", ""),
        "deleted_at": files.instants(
            clock.utc(np.where(rows["deleted"] > clock.horizon, NEVER, rows["deleted"]))
        ),
        "dialled_number": files.pick(dialled, rows["number"]),
    }
