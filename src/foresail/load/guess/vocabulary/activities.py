"""Words for what the reps do."""

from __future__ import annotations

ACTIVITY = {
    "": "activity, sales activity, task, event, call, meeting, email, engagement,"
    " engagement call, engagement meeting, engagement email, touch, appointment, phone call,"
    " visit, call log, demo, aktivitaet, anruf, termin, besuch, aufgabe, telefonat,"
    " kontaktpunkt, aktivitaeten, anrufe, termine, besuche, aufgaben, telefonate, anrufliste",
    "activity_id": "id, activity id, task id, event id, call id, engagement id, touch id,"
    " meeting id, record id, hs object id, aktivitaets id",
    "kind": "kind, type, activity type, task subtype, engagement type, touch type, task type,"
    " activity kind, channel, art, aktivitaetsart, typ, kontaktart",
    "direction": "direction, call type, call direction, touch direction, inbound outbound,"
    " richtung",
    "occurred_at": "occurred at, activity date, date, start time, start date, due date,"
    " timestamp, activity timestamp, touch timestamp, completed at, done time, call time,"
    " start date time, call start time, happened at, activity date time, meeting date,"
    " activity at, datum, zeitpunkt, termin, beginn, startzeit",
    "booked_at": "booked at, created at, created date, create date, scheduled at, planned at,"
    " gebucht am, erstellt am, vereinbart am,"
    " created time, time created",
    "duration_seconds": "duration, duration seconds, call duration in seconds, call duration,"
    " duration in minutes, length, talk time, call length, duration minutes, dauer,"
    " gespraechsdauer, dauer minuten",
    "is_completed": "is completed, completed, done, is closed, is done, erledigt, abgeschlossen",
    "rep_id": "rep id, owner id, user id, rep, owner, agent, assigned to, sales rep,"
    " created by id, user, hubspot owner id, agent name, rep name, mitarbeiter, vertriebler,"
    " bearbeiter, verantwortlich, verkaeufer",
    "lead_id": "lead id, lead, prospect id",
    "contact_id": "contact id, contact, person id, who id, person, ansprechpartner, kontakt",
    "account_id": "account id, company id, account, company, customer id, customer,"
    " organisation id, organisation, org id, kunde, firma, kundennummer",
    "opportunity_id": "opportunity id, deal id, opportunity, deal, verkaufschance, auftrag",
    "outcome": "outcome, result, disposition, call disposition, activity outcome, call outcome,"
    " meeting outcome, call result, status, ergebnis, gespraechsergebnis",
    "is_automated": "is automated, automated, automatic, is automatic",
    "is_conversation": "is conversation, meaningful conversation, conversation, gespraech gefuehrt",
    "moved_by": "moved by, rescheduled by",
    "moved_from_id": "moved from, rescheduled from, moved from id",
    "network": "network, social network, platform, netzwerk",
    "subject": "subject, title, topic, name, betreff, thema",
    "note": "note, notes, description, comments, body, comment, notiz, bemerkung, kommentar",
    "recording_url": "recording url, recording, call recording url",
    "dialled_number": "dialled number, phone number, to number, number dialed, called number,"
    " telefonnummer",
    "deleted_at": "deleted at, deleted on, geloescht am",
}

CONTENT = {
    "": "content, asset, marketing asset, collateral, document, material, unterlage",
    "content_id": "id, content id, asset id, document id",
    "name": "name, title, asset name, document name, titel",
    "kind": "kind, type, content type, asset type, format, art",
    "published_on": "published on, publish date, published, released on, veroeffentlicht am",
    "retired_on": "retired on, retired, expired on, end date",
    "segment": "segment, audience, persona",
    "stage": "stage, funnel stage, buyer stage, phase",
    "tracking_number": "tracking number, tracking phone",
}

CONTENT_SHARE = {
    "": "content share, asset share, shared content",
    "activity_id": "activity id, email id, task id",
    "content_id": "content id, asset id, document id",
}

CONTENT_EVENT = {
    "": "content event, email click, click, content view, email event, view",
    "event_id": "id, event id, click id",
    "content_id": "content id, asset id",
    "activity_id": "activity id, email id, sent by id",
    "lead_id": "lead id, contact id, recipient id",
    "kind": "kind, type, event type, event, action",
    "occurred_at": "occurred at, timestamp, date, created, event time, clicked at",
    "is_bot": "is bot, bot, filtered event",
}
