"""Words for those who sell."""

from __future__ import annotations

REP = {
    "": "rep, sales rep, representative, user, owner, salesperson, sales person,"
    " seller, sales agent, agent, sales team, account executive, broker, employee, staff,"
    " team member, mitarbeiter, vertriebler, verkaeufer, vertriebsmitarbeiter, benutzer,"
    " aussendienst, benutzer",
    "rep_id": "id, rep id, user id, owner id, employee id, sales rep id, salesperson id,"
    " agent id, sales agent, systemuserid, reference id, personalnummer, mitarbeiternummer,"
    " benutzer id, rep, salesperson, sales rep, agent, owner",
    "name": "name, full name, rep name, user name, display name, owner name,"
    " vollstaendiger name, mitarbeiter, verkaeufer, vertriebler, salesperson, sales rep,"
    " sales agent, agent",
    "email": "email, mail, email address, work email, internal email address, e mail adresse",
    "hired_on": "hire date, hired on, hired, start date, employment start, date hired, joined,"
    " eintrittsdatum, eintritt, eingestellt am",
    "left_on": "left on, end date, termination date, leave date, left, employment end,"
    " austrittsdatum, austritt",
    "team": "team, sales team, team name, department, region, office,"
    " user role, role name, business unit, group, vertriebsteam, abteilung, niederlassung",
    "manager_id": "manager id, manager, reports to, supervisor, team lead, sales manager,"
    " parent id, vorgesetzter, teamleiter",
    "role": "role, job role, position, job title, funktion, rolle",
    "seniority": "seniority, level, grade, stufe, erfahrung",
    "territory": "territory, area, sales territory, gebiet, vertriebsgebiet",
    "is_quota_carrying": "quota carrying, has quota, carries quota",
}

REP_ASSIGNMENT = {
    "": "rep assignment, rep history, territory history, team history, team assignment",
    "rep_id": "rep id, user id, salesperson id, employee id, owner id, business entity id, rep",
    "valid_from": "valid from, start date, from, effective from, begin, gueltig ab, von",
    "valid_to": "valid to, end date, to, until, effective to, gueltig bis, bis",
    "team": "team, team name, department, abteilung",
    "manager_id": "manager id, manager, reports to, vorgesetzter",
    "role": "role, position, rolle",
    "seniority": "seniority, level",
    "territory": "territory, territory id, area, region, gebiet",
}

ABSENCE = {
    "": "absence, leave, time off, holiday, vacation, pto, abwesenheit, urlaub, fehlzeit",
    "rep_id": "rep id, user id, employee id, rep, employee, name, mitarbeiter",
    "starts_on": "start date, starts on, from, first day, start, von, beginn",
    "ends_on": "end date, ends on, to, last day, end, until, bis, ende",
    "kind": "kind, type, reason, absence type, art, grund",
}

POSITION = {
    "": "position, vacancy, requisition, opening, job opening, stelle, ausschreibung",
    "position_id": "id, position id, requisition id, vacancy id, job id, stellennummer",
    "team": "team, department, abteilung",
    "role": "role, title, job title, rolle",
    "opened_on": "opened on, open date, opened, approved on, start date, ausgeschrieben am",
    "filled_on": "filled on, fill date, filled, closed on, besetzt am",
    "rep_id": "rep id, hired rep, hire id, employee id",
}
