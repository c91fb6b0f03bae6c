"""Words for what is at stake."""

from __future__ import annotations

OPPORTUNITY = {
    "": "opportunity, deal, sales opportunity, sales pipeline, pipeline, potential, order,"
    " sales order, sale, quote, verkaufschance, chance, geschaeft, auftrag,"
    " abschluss, opportunities, verkaufschancen, chancen, auftraege, geschaefte, abschluesse,"
    " angebote, auftragsliste",
    "opportunity_id": "id, opportunity id, deal id, order id, sales order id, potential id,"
    " record id, hs object id, deal number, opportunity number, order number, reference id,"
    " auftragsnummer, angebotsnummer, vorgangsnummer, chancen id",
    "account_id": "account id, company id, customer id, account, company, customer, client,"
    " organisation, organisation id, org id, account name, company name, customer name,"
    " client name, associated company, kunde, firma, kundennummer, unternehmen, kundenname",
    "contact_id": "contact id, primary contact, contact, person id, contact name,"
    " contact person, ansprechpartner, kontakt",
    "lead_id": "lead id, originating lead, originating lead id, lead, original lead",
    "owner_id": "owner id, owner, opportunity owner, deal owner, sales rep, rep, sales agent,"
    " salesperson, salesperson id, sales person id, rep id, rep name, user id, assigned to,"
    " account executive, seller, hubspot owner id, agent, owner name, sales rep name,"
    " verantwortlich, zustaendig, vertriebler, verkaeufer, inhaber, bearbeiter, betreuer,"
    " vertriebsmitarbeiter",
    "sourced_by_id": "sourced by, sourced by id, created by sdr, sdr, sdr id, associated sdr",
    "pipeline": "pipeline, pipeline id, deal pipeline, deal pipeline id, pipeline name,"
    " vertriebspipeline",
    "deal_type": "deal type, type, opportunity type, business type, new or existing,"
    " geschaeftsart, art",
    "product": "product, product name, product line, plan, item, plan name, produkt, artikel,"
    " leistung",
    "name": "name, deal name, opportunity name, dealname, title, subject, topic, potential name,"
    " bezeichnung, betreff, titel, projekt",
    "amount": "amount, value, deal value, close value, deal amount, opportunity amount, total,"
    " sub total, contract value, acv, tcv, price, deal size, estimated value,"
    " actual value, net amount, total price, sales price, betrag, wert, summe, volumen,"
    " auftragswert, nettobetrag, umsatz, auftragsvolumen, betrag netto, auftragssumme,"
    " angebotssumme",
    "cost": "cost, costs, cogs, delivery cost, kosten, einkaufspreis",
    "currency": "currency, currency code, currency iso code, deal currency code, waehrung",
    "probability": "probability, win probability, chance, close probability,"
    " deal stage probability, wahrscheinlichkeit, abschlusswahrscheinlichkeit,"
    " confidence",
    "created_at": "created at, created date, create date, created, created on, creation date,"
    " open date, opened, opened on, date created, add time, start date, createdon,"
    " order date, date opened, erstellt am, angelegt am, erstellungsdatum, anlagedatum,"
    " eroeffnet am, auftragsdatum,"
    " created time, start, time created",
    "expected_close_on": "expected close date, expected close, expected close on,"
    " estimated close date, target close date, forecast close date, estimatedclosedate,"
    " closing date, geplanter abschluss, erwarteter abschluss, voraussichtlicher abschluss",
    "closed_at": "closed at, close date, closed date, closed on, closing date, won lost date,"
    " actual close date, date closed, closed, actualclosedate, won time, close time,"
    " abschlussdatum, abgeschlossen am, geschlossen am, abschluss am, won date",
    "outcome": "outcome, result, status, won lost, close outcome, state, final status,"
    " deal status, ergebnis, ausgang,"
    " state code, status type, won lost status, stand",
    "lost_reason": "lost reason, loss reason, closed lost reason, reason lost, reason,"
    " verlustgrund, absagegrund,"
    " reason for loss",
    "stage": "stage, stage name, deal stage, sales stage, opportunity stage, pipeline stage,"
    " phase, step, deal pipeline stage id, stage id, status label, vertriebsphase,"
    " verkaufsphase, stufe",
    "forecast_category": "forecast category, forecast category name, forecast, commit",
    "merged_into_id": "merged into, merged into id, survivor id",
    "deleted_at": "deleted at, deleted on, geloescht am",
}

OPPORTUNITY_STAGE = {
    "": "opportunity stage, deal stage, stage history, deal stage history, opportunity history,"
    " opportunity stage history, stage change",
    "opportunity_id": "opportunity id, deal id, opportunity, deal, record id",
    "stage": "stage, stage name, new stage, to stage, value, new value, stage id, phase",
    "entered_at": "entered at, date entered, entered on, changed at, date, timestamp,"
    " created date, start, changed on",
    "rep_id": "rep id, user id, changed by, created by id, owner id",
}

OPPORTUNITY_CHANGE = {
    "": "opportunity change, field history, opportunity field history, deal property history,"
    " deal change, deal history, audit log",
    "opportunity_id": "opportunity id, deal id, opportunity, deal, record id",
    "field": "field, property, name, property name, field name, feld",
    "old_value": "old value, before, from, previous value, alter wert",
    "new_value": "new value, value, after, to, neuer wert",
    "changed_at": "changed at, timestamp, date, created date, changed on, modified at,"
    " geaendert am",
}

OPPORTUNITY_SPLIT = {
    "": "opportunity split, deal split, credit split, revenue split, split",
    "opportunity_id": "opportunity id, deal id, opportunity, deal",
    "rep_id": "rep id, user id, split owner id, owner id, rep, split owner",
    "share": "share, split percentage, percentage, percent, split, anteil",
    "kind": "kind, type, split type, art",
}

STAGE = {
    "": "stage, deal pipeline stage, pipeline stage, opportunity stage list, stage list,"
    " sales stage, phase, stages",
    "pipeline": "pipeline, pipeline id, pipeline name, deal pipeline",
    "stage": "stage, stage name, label, name, api name, master label, phase, stage id",
    "position": "position, order, sort order, display order, order nr, sequence, rank, reihenfolge",
    "probability": "probability, default probability, deal probability, win probability,"
    " wahrscheinlichkeit",
    "kind": "kind, type, stage type, category, closed won, art",
    "is_accepted": "is accepted, accepted",
    "is_forecast": "is forecast, forecast",
}
