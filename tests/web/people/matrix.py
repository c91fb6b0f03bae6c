"""The matrix of rights: whom each route lets in. A route without a line here fails the tests.

Routes are named as in the site map. What of the numbers people see there is their scope's matter.
"""

from __future__ import annotations

IN, SIGN_IN, NO = "in", "sign in", "no"

VIEWERS = (
    "anonymous",
    "rep",
    "other team's rep",
    "manager",
    "analyst",
    "admin",
    "viewer",
    "expired token",
    "share link",
)
"""A share link is asked to show the route itself; whoever holds one is a stranger elsewhere."""


def row(*outcomes: str) -> dict[str, str]:
    return dict(zip(VIEWERS, outcomes, strict=True))


# fmt: off
ROWS = {
    #                anonymous rep  other manager analyst admin viewer expired  share link
    "anyone":    row(IN,      IN,  IN,  IN,     IN,     IN,  IN,    IN,      NO),
    "signed in": row(SIGN_IN, IN,  IN,  IN,     IN,     IN,  IN,    SIGN_IN, NO),
    "reading":   row(SIGN_IN, IN,  IN,  IN,     IN,     IN,  IN,    SIGN_IN, IN),
    "numbers":   row(SIGN_IN, IN,  IN,  IN,     IN,     IN,  IN,    SIGN_IN, NO),
    "records":   row(SIGN_IN, IN,  IN,  IN,     IN,     IN,  NO,    SIGN_IN, NO),
    "export":    row(SIGN_IN, IN,  IN,  IN,     IN,     IN,  NO,    SIGN_IN, NO),
    "load":      row(SIGN_IN, NO,  NO,  NO,     IN,     IN,  NO,    SIGN_IN, NO),
    "share":     row(SIGN_IN, NO,  NO,  IN,     IN,     IN,  NO,    SIGN_IN, NO),
    "talks":     row(SIGN_IN, NO,  NO,  IN,     NO,     IN,  NO,    SIGN_IN, NO),
    "admin":     row(SIGN_IN, NO,  NO,  NO,     NO,     IN,  NO,    SIGN_IN, NO),
}
# fmt: on

LINES = {
    # pages
    "start": "signed in",
    "today": "reading",
    "live": "signed in",
    "scoreboard": "reading",
    "leads": "reading",
    "results": "reading",
    "funnel": "reading",
    "pipeline": "reading",
    "moves": "records",
    "history": "records",
    "reps": "records",
    "rep": "records",
    "new_talk": "talks",
    "talk": "talks",
    "new_action": "talks",
    "close_action": "signed in",
    "leaderboard": "reading",
    "tv": "reading",
    "explore": "reading",
    "catalogue": "reading",
    "saved_views": "signed in",
    "new_view": "signed in",
    "change_view": "signed in",
    "delete_view": "signed in",
    "begin_with": "signed in",
    "filters": "numbers",
    "records": "records",
    "definition": "reading",
    # coming in
    "account_login": "anyone",
    "account_logout": "anyone",
    "account_inactive": "anyone",
    "account_reset_password": "anyone",
    "account_reset_password_done": "anyone",
    "account_reset_password_from_key": "anyone",
    "account_reset_password_from_key_done": "anyone",
    "mfa_authenticate": "anyone",
    "openid_connect_login": "anyone",
    "openid_connect_callback": "anyone",
    "socialaccount_login_cancelled": "anyone",
    "socialaccount_login_error": "anyone",
    "welcome": "anyone",
    "accept": "anyone",
    "new_password": "anyone",
    "come_in": "anyone",
    "shared": "anyone",
    # oneself
    "account": "signed in",
    "tokens": "signed in",
    "revoke_token": "signed in",
    "account_reauthenticate": "signed in",
    "account_change_password": "signed in",
    "account_set_password": "signed in",
    "mfa_index": "signed in",
    "mfa_reauthenticate": "signed in",
    "mfa_activate_totp": "signed in",
    "mfa_deactivate_totp": "signed in",
    "mfa_view_recovery_codes": "signed in",
    "mfa_generate_recovery_codes": "signed in",
    "mfa_download_recovery_codes": "signed in",
    "usersessions_list": "signed in",
    "socialaccount_connections": "signed in",
    # data
    "data": "load",
    "load": "load",
    "finding": "load",
    "quarantine": "load",
    "retry": "load",
    "upload": "load",
    "draft": "load",
    "draft_mapping": "load",
    "kept_mapping": "load",
    # programs
    "api_page": "signed in",
    "openapi": "signed in",
    "api:kpis": "numbers",
    "api:kpi": "numbers",
    "api:ask": "numbers",
    "api:records": "records",
    "api:explain": "numbers",
    "api:loads": "load",
    "api:quarantine": "load",
    "api:health": "load",
    "api:upload": "load",
    # settings
    "settings": "admin",
    # sharing
    "shares": "share",
    "take_back": "share",
    # people
    "people": "admin",
    "person": "admin",
    "password_link": "admin",
    "remove_factor": "admin",
    "sign_out": "admin",
    "withdraw": "admin",
    "log": "admin",
    "log_csv": "admin",
}

ARGUMENTS = {
    "activity": "worked",
    "check": "nothing",
    "id": "nothing",
    "kpi": "deals_won",
    "name": "nothing",
    "flow": "created",
    "key": "a-b",
    "number": "999999",
    "kind": "lead",
    "record_id": "none",
    "rep_id": "nobody",
    "provider_id": "sso",
    "result": "costs",
    "role": "nobody",
    "secret": "nothing",
    "uidb36": "0",
}
"""What stands for each argument of an address."""
