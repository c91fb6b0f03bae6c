"""Words for money, customers and the market."""

from __future__ import annotations

REVENUE = {
    "": "revenue, recognised revenue, recognized revenue, invoice, billing, booking, payment,"
    " invoice line, rechnung, umsatz, erloes, zahlung, rechnungen, umsaetze, zahlungen",
    "revenue_id": "id, revenue id, invoice id, invoice number, booking id, payment id,"
    " rechnungsnummer, belegnummer",
    "account_id": "account id, customer id, account, customer, company id, company, client,"
    " kunde, kundennummer, firma",
    "opportunity_id": "opportunity id, deal id, order id, opportunity, deal, auftragsnummer",
    "day": "day, date, invoice date, booking date, payment date, recognised on, revenue date,"
    " posting date, rechnungsdatum, buchungsdatum, datum, belegdatum",
    "amount": "amount, revenue, total, net amount, value, invoice amount, betrag, umsatz,"
    " nettobetrag, summe, netto",
    "cost": "cost, costs, cogs, kosten",
    "currency": "currency, currency code, waehrung",
}

SUBSCRIPTION = {
    "": "subscription, churn, contract, recurring, plan subscription, membership, abo, abonnement,"
    " vertrag, abos, vertraege, abonnements",
    "subscription_id": "id, subscription id, contract id, contract number, vertragsnummer,"
    " abo id, customer id",
    "account_id": "account id, customer id, account, customer, company id, company, kunde,"
    " kundennummer",
    "product": "product, plan, plan name, plan tier, product name, tier, contract, tarif, produkt",
    "started_on": "started on, start date, started at, subscription start at, begin date,"
    " contract start, activated on, beginn, startdatum, vertragsbeginn",
    "ended_on": "ended on, end date, ended at, cancelled at, canceled at, churn date,"
    " cancellation date, contract end, kuendigungsdatum, vertragsende, enddatum, gekuendigt zum",
    "mrr": "mrr, mrr amount, monthly recurring revenue, monthly revenue, monthly charges,"
    " monthly price, monthly fee, monatsbetrag, monatlich, monatspreis",
    "currency": "currency, currency code, waehrung",
    "end_reason": "end reason, churn reason, cancellation reason, reason code, reason,"
    " kuendigungsgrund",
}

COST = {
    "": "cost, spend, expense, ad spend, marketing cost, budget, kosten, ausgabe, aufwand,"
    " ausgaben, aufwaende",
    "cost_id": "id, cost id, expense id",
    "starts_on": "starts on, date, day, start date, month, period start, from, datum, monat, von",
    "ends_on": "ends on, end date, period end, to, bis",
    "amount": "amount, cost, spend, total, expense, betrag, kosten, summe",
    "currency": "currency, currency code, waehrung",
    "category": "category, kind, type, cost type, kategorie, kostenart",
    "source": "source, channel, lead source, utm source, quelle, kanal",
    "campaign_id": "campaign id, campaign, campaign name, kampagne",
    "team": "team, department, abteilung",
}

QUOTA = {
    "": "quota, target, goal, sales target, sales quota, quota history,"
    " ziel, vorgabe, soll, umsatzziel, ziele, vorgaben, umsatzziele",
    "owner_kind": "owner kind, quota level, target level, level, target for",
    "owner_id": "owner id, rep id, user id, rep, owner, employee id, salesperson id, team,"
    " sales rep, salesperson, mitarbeiter, verkaeufer",
    "kpi": "kpi, metric, measure, target type, kennzahl",
    "starts_on": "starts on, start date, period start, quota date, date, month, from, period,"
    " beginn, von, monat, quarter",
    "ends_on": "ends on, end date, period end, to, bis, ende",
    "amount": "amount, quota, target, goal, quota amount, target amount, sales quota,"
    " value, ziel, zielwert, betrag, soll",
    "currency": "currency, currency code, waehrung",
}

SURVEY_RESPONSE = {
    "": "survey response, survey, nps, nps response, feedback, csat, satisfaction, umfrage,"
    " befragung",
    "survey_id": "id, survey id, response id, survey response id, ticket id",
    "account_id": "account id, customer id, account, customer, company id, kunde",
    "contact_id": "contact id, contact, respondent id, person id",
    "rep_id": "rep id, owner id, rep, agent",
    "sent_at": "sent at, sent on, sent date, invited at, survey date, submitted at, gesendet am",
    "answered_at": "answered at, responded at, response date, completed at, beantwortet am",
    "score": "score, rating, nps, nps score, satisfaction score, bewertung, note, punktzahl",
    "comment": "comment, comments, feedback, feedback text, verbatim, kommentar",
}

USAGE = {
    "": "usage, feature usage, product usage, usage log, login, nutzung, verbrauch",
    "usage_id": "id, usage id",
    "account_id": "account id, customer id, account, customer, company id, kunde",
    "day": "day, date, usage date, timestamp, datum, tag",
    "event": "event, feature, feature name, action, ereignis, funktion",
    "amount": "amount, count, usage count, quantity, value, units, anzahl, menge",
}

WEB_TRAFFIC = {
    "": "web traffic, traffic, website traffic, visitor, web visit, analytics, besucher,"
    " webseitenbesucher",
    "day": "day, date, datum, tag",
    "source": "source, channel, medium, session source, traffic source, quelle, kanal",
    "is_organic": "is organic, organic",
    "visitors": "visitors, users, visits, sessions, unique visitors, besucher, nutzer",
}

MARKET = {
    "": "market, market size, market share, markt, marktgroesse",
    "starts_on": "starts on, start date, year, period start, from, von",
    "ends_on": "ends on, end date, period end, to, bis",
    "segment": "segment, market segment, region",
    "market_sales": "market sales, market size, total market, market volume, marktvolumen",
    "largest_rival_sales": "largest rival sales, top competitor sales, largest competitor",
    "currency": "currency, currency code, waehrung",
    "source": "source, publisher, quelle",
}

EXCHANGE_RATE = {
    "": "exchange rate, currency rate, fx rate, dated conversion rate, wechselkurs, kurs",
    "currency": "currency, currency code, iso code, from currency, waehrung",
    "day": "day, date, start date, rate date, valid from, datum",
    "rate": "rate, exchange rate, conversion rate, kurs",
}
