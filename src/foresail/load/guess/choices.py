"""Closed lists: what people and systems write for the canonical choices, in English and German.

A value is looked up in lower case without punctuation; one that begins with a word that ends in *
is meant as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from foresail.load.guess.words import FOLDED
from foresail.model import Column, Type

PUNCTUATION = re.compile(r"[^a-z0-9]+")
LEVELS = {
    "c_level": "c level, c suite, cxo, ceo, cto, cfo, coo, chief*, founder, owner,"
    " geschaeftsfuehrer",
    "vp": "vp, vice president, svp, evp",
    "director": "director, head, direktor, bereichsleiter",
    "manager": "manager, lead, team lead, leiter, teamleiter",
    "staff": "staff, individual contributor, senior, entry, junior, employee, specialist,"
    " mitarbeiter",
}
CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("opportunity", "outcome"): {
        "won": "won, win, closed won, closedwon, success, successful, gewonnen, erfolgreich,"
        " auftrag",
        "lost": "lost, loss, closed lost, closedlost, failed, verloren, abgelehnt, absage",
    },
    ("opportunity", "deal_type"): {
        "new": "new*, newbusiness, neu*, neugeschaeft, neukunde",
        "expansion": "expansion, existing*, upsell, cross sell, add on*, upgrade,"
        " existingbusiness, ausbau, bestandskunde",
        "renewal": "renewal*, renew, verlaengerung",
    },
    ("stage", "kind"): {
        "open": "open, offen, in progress",
        "won": "won, closed won, gewonnen",
        "lost": "lost, closed lost, verloren",
    },
    ("activity", "kind"): {
        "call": "call, anrufe, telefonate, phone, phone call, telephone, outbound call,"
        " inbound call, cold call, anruf, telefonat, telefon",
        "email": "email, e mail, mail, incoming email, forwarded email, listemail",
        "meeting": "meeting, termine, besuche, appointment, demo, visit, event, lunch,"
        " video call, presentation, termin, besuch, besprechung",
        "social": "social, linkedin, social touch, whatsapp, sms, communication, xing",
        "letter": "letter, direct mail, brief",
        "other": "other, task, todo, to do, note, deadline, aufgabe, notiz, sonstiges",
    },
    ("activity", "direction"): {
        "outbound": "outbound, outgoing, out, ausgehend",
        "inbound": "inbound, incoming, in, eingehend",
    },
    ("activity", "outcome"): {
        "connected": "connected, answered, reached, spoke*, conversation, erreicht, gespraech",
        "voicemail": "voicemail, left voicemail, left message, left live message, mailbox,"
        " anrufbeantworter",
        "no_answer": "no answer, not answered, no response, unreachable, missed, nicht erreicht",
        "busy": "busy, besetzt",
        "abandoned": "abandoned, hung up, aufgelegt",
        "held": "held, completed, attended, took place, stattgefunden, demo completed",
        "no_show": "no show, noshow, not attended, nicht erschienen",
        "cancelled": "cancelled, canceled, abgesagt",
        "moved": "moved, rescheduled, postponed, verschoben",
        "delivered": "delivered, sent, zugestellt",
        "bounced": "bounced, bounce, unzustellbar",
        "replied": "replied, reply, answered by mail, beantwortet",
    },
    ("lead", "channel"): {
        "inbound": "inbound, incoming, eingehend, inbound marketing",
        "outbound": "outbound, outgoing, ausgehend",
    },
    ("lead_stage", "stage"): {
        "mql": "mql, marketing qualified*, marketingqualifiedlead",
        "sql": "sql, sales qualified*, salesqualifiedlead",
        "passed": "passed, handed over, uebergeben",
        "accepted": "accepted, sal, sales accepted*, angenommen",
        "opportunity": "opportunity, converted, verkaufschance",
        "customer": "customer, won, kunde",
        "disqualified": "disqualified, unqualified, junk, not qualified, rejected, disqualifiziert",
        "recycled": "recycled, nurture, nurturing",
    },
    ("rep", "role"): {
        "sdr": "sdr, bdr, sales development*, business development rep*",
        "ae": "ae, account executive*, sales rep*, sales executive*, field sales, aussendienst",
        "am": "am, account manager*, key account manager*",
        "csm": "csm, customer success*",
        "manager": "manager, sales manager*, team lead*, director*, vp*, head*,"
        " vertriebsleiter*, teamleiter*",
        "other": "other, sonstige",
    },
    ("rep", "seniority"): {
        "junior": "junior, entry, trainee",
        "mid": "mid, intermediate, regular",
        "senior": "senior, sr",
        "lead": "lead, principal, staff",
    },
    ("rep", "leave_kind"): {
        "voluntary": "voluntary, resigned",
        "involuntary": "involuntary, terminated",
    },
    ("contact", "title_level"): LEVELS,
    ("lead", "title_level"): LEVELS,
    ("opportunity_change", "field"): {
        "amount": "amount, value, betrag",
        "owner_id": "owner, owner id, hubspot owner id, ownerid",
        "expected_close_on": "close date, closedate, expected close date",
    },
    ("content_event", "kind"): {
        "click": "click, clicked",
        "view": "view, viewed, open",
        "callback": "callback",
    },
    ("quota", "owner_kind"): {
        "rep": "rep, user, individual",
        "team": "team, region",
        "company": "company, total, all",
    },
    ("cost", "category"): {
        "media": "media, ads, advertising, ad spend, werbung, anzeigen",
        "tools": "tools, software, saas, lizenzen",
        "agency": "agency, agentur, freelancer",
        "marketing_salaries": "marketing salaries, marketing salary, marketing gehaelter",
        "sales_salaries": "sales salaries, sales salary, vertrieb gehaelter",
        "commission": "commission, commissions, provision, provisionen",
        "other": "other, misc, sonstiges",
    },
    ("opportunity_split", "kind"): {"revenue": "revenue", "overlay": "overlay"},
}
SAME = {("rep_assignment", each): ("rep", each) for each in ("role", "seniority")} | {
    ("position", "role"): ("rep", "role")
}
YES = {"yes", "y", "true", "t", "1", "ja", "j", "wahr", "x"}
NO = {"no", "n", "false", "f", "0", "nein", "falsch"}
READ_AS_THEY_ARE = {"true", "t", "yes", "y", "1", "false", "f", "no", "n", "0"}


def plain(value: str) -> str:
    """A value as it is looked up: "Closed - Won!" is "closed won"."""
    return PUNCTUATION.sub(" ", value.lower().translate(FOLDED)).strip()


def choice_of(table: str, column: Column, value: str) -> str:
    """The canonical choice that a value stands for; empty where none is known."""
    exact, beginnings = _called(table, column)
    own = plain(value)
    if own in exact:
        return exact[own]
    return next((choice for begin, choice in beginnings if own.startswith(begin)), "")


@cache
def _called(table: str, column: Column) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Which words mean which choice of a column, and which beginnings of words do."""
    exact = {plain(choice): choice for choice in column.choices}
    beginnings = []
    own = (table, column.name)
    for choice, called in CHOICES.get(SAME.get(own, own), {}).items():
        for word in (each.strip() for each in called.split(",")):
            if word.endswith("*"):
                beginnings.append((word[:-1], choice))
            else:
                exact.setdefault(word, choice)
    return exact, tuple(beginnings)


def truth_of(value: str) -> bool | None:
    """Whether a value says yes or no; None where it says neither."""
    own = value.strip().lower()
    return True if own in YES else False if own in NO else None


def needs_case(column: Column, values: Iterable[str]) -> bool:
    """Whether values have to be translated: the loader reads canonical ones as they are."""
    if column.type is Type.BOOLEAN:
        return any(each.strip().lower() not in READ_AS_THEY_ARE for each in values)
    return any(each.lower() not in column.choices for each in values)
