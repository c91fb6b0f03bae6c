"""Words for those whom the reps sell to."""

from __future__ import annotations

ACCOUNT = {
    "": "account, company, organisation, customer, client, firm, business, reseller, store,"
    " kunde, firma, unternehmen, organisation, kunden, firmen, kundenliste, kundenstamm",
    "account_id": "id, account id, company id, customer id, client id, organisation id, org id,"
    " accountid, account number, customer number, record id, hs object id, reference id,"
    " kundennummer, kunden id, kundennr, firmen id, debitor",
    "name": "name, account name, company name, company, account, customer name, customer,"
    " client name, organisation name, organisation, client, firma, firmenname, kunde,"
    " kundenname, unternehmen",
    "parent_account_id": "parent id, parent account, parent account id, parent company,"
    " subsidiary of, parent company id, owned by, muttergesellschaft, konzern",
    "industry": "industry, sector, vertical, branch, branche, wirtschaftszweig",
    "segment": "segment, customer segment, tier, customer type,"
    " market segment, account type, kundensegment, kundengruppe, groesse",
    "employees": "employees, number of employees, employee count, headcount, no of employees,"
    " company size, mitarbeiterzahl, anzahl mitarbeiter, mitarbeiter",
    "annual_revenue": "annual revenue, revenue, yearly revenue, turnover, annual sales, umsatz,"
    " jahresumsatz",
    "country": "country, billing country, country code, mailing country, location, land, staat",
    "owner_id": "owner id, owner, account owner, account manager, hubspot owner id, sales rep,"
    " assigned to, betreuer, kundenbetreuer, verantwortlich, inhaber",
    "created_at": "created at, created date, create date, created, created on, creation date,"
    " date created, createdon, add time, signup date, sign up date, customer since, registered,"
    " angelegt am, erstellt am, erstellungsdatum, anlagedatum, kunde seit,"
    " created time, time created",
    "merged_into_id": "merged into, master record id, merged into id, survivor id",
}

CONTACT = {
    "": "contact, person, people, contact person, decision maker, kontakt, ansprechpartner,"
    " person, kontakte, personen",
    "contact_id": "id, contact id, person id, record id, hs object id, vid, reference id,"
    " kontakt id, kontaktnummer",
    "account_id": "account id, company id, account, company, organisation id, organisation,"
    " customer id, associated company, associated company id, associatedcompanyid,"
    " parent customer, account name, company name, org id, firma, kunde",
    "name": "name, full name, contact name, person name, vollstaendiger name, ansprechpartner",
    "title": "title, job title, position, jobtitle, role, berufsbezeichnung, funktion",
    "title_level": "title level, seniority, seniority level, level, management level",
    "is_decision_maker": "is decision maker, decision maker, entscheider",
    "merged_into_id": "merged into, master record id, merged into id, canonical vid",
}

LEAD = {
    "": "lead, inquiry, enquiry, prospect, request, form submission, interessent, anfrage,"
    " interessenten, anfragen",
    "lead_id": "id, lead id, prospect id, record id, inquiry id, reference id, leadnummer,"
    " anfragenummer",
    "created_at": "created at, created date, create date, created, created on, creation date,"
    " date created, lead created at, date, request date, received at, submitted at, add time,"
    " createdon, timestamp, angelegt am, erstellt am, erstellungsdatum, eingang, anfragedatum,"
    " created time, time created",
    "channel": "channel, direction, inbound outbound, lead type, lead channel, kanal",
    "source": "source, lead source, utm source, original source, origin, acquisition source,"
    " analytics source, referral source, quelle, leadquelle, herkunft",
    "is_organic": "is organic, organic",
    "campaign_id": "campaign id, campaign, utm campaign, kampagne",
    "owner_id": "owner id, owner, lead owner, owner rep id, assigned to, rep id, sales rep, rep,"
    " agent, hubspot owner id, verantwortlich, zustaendig, bearbeiter, inhaber",
    "assigned_at": "assigned at, assigned date, assignment date, owner assigned date,"
    " zugewiesen am",
    "account_id": "account id, company id, converted account id, account, organisation id,"
    " customer id",
    "contact_id": "contact id, converted contact id, person id, contact",
    "company_size": "company size, number of employees, employees, employee count, headcount,"
    " unternehmensgroesse, mitarbeiterzahl",
    "title_level": "title level, seniority, level",
    "territory": "territory, region, gebiet",
    "segment": "segment, customer segment, persona, job, kundensegment",
    "merged_into_id": "merged into, master record id, merged into id",
    "deleted_at": "deleted at, deleted on, geloescht am",
}

LEAD_ASSIGNMENT = {
    "": "lead assignment, lead routing, lead owner history, lead hand over, leadzuweisung",
    "lead_id": "lead id, lead, record id",
    "assigned_at": "assigned at, assigned date, changed at, date, timestamp, zugewiesen am",
    "rep_id": "rep id, owner id, new owner, assigned to, rep, owner, user id",
}

LEAD_STAGE = {
    "": "lead stage, lead status, lead history, lead stage history, lifecycle, lifecycle stage,"
    " lead status history",
    "lead_id": "lead id, lead, contact id, record id",
    "stage": "stage, status, lead status, lifecycle stage, new value, lead stage, phase",
    "reached_at": "reached at, date, changed at, entered at, timestamp, stage date, created date",
    "rep_id": "rep id, user id, changed by, owner id",
    "reason": "reason, disqualification reason, grund",
}
