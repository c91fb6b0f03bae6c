"""My account: the name, the second factor, sessions and tokens."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from foresail.web.pages import page
from foresail.web.people import tokens
from foresail.web.people.audit import note
from foresail.web.people.closing import may_close
from foresail.web.people.forms import OwnForm, TokenForm
from foresail.web.people.guard import person_of, signed_in
from foresail.web.people.models import Token
from foresail.web.people.rights import MEANINGS


@signed_in
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and what protects it."""
    person = person_of(request)
    before = person.name
    form = OwnForm(request.POST or None, initial={"name": before})
    if form.is_valid():
        person.name = form.cleaned_data["name"]
        person.save(update_fields=["name"])
        note(request, "changed the own name", f"{before} → {person.name}")
        messages.success(request, "Your name is changed.")
        return redirect("account")
    context = {
        "form": form,
        "person": person,
        "meaning": MEANINGS[person.role],
        "has_factor": is_mfa_enabled(person),
        "sessions": len(UserSession.objects.purge_and_list(person)),
        "tokens": [each for each in person.tokens.all() if each.is_open],
    }
    return page(request, "people/account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def own_tokens(request: HttpRequest) -> HttpResponse:
    """My tokens, and making one; its secret is shown this once."""
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        _, secret = tokens.make(request, **form.cleaned_data)
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": person_of(request).tokens.all()}
    return page(request, "people/tokens.html", context)


@signed_in
@require_POST
def revoke_token(request: HttpRequest, number: int) -> HttpResponse:
    """Take one of my tokens back; an admin may take anybody's."""
    token = get_object_or_404(Token, pk=number, revoked_at=None)
    if not may_close(request, token):
        raise Http404
    tokens.revoke(request, token)
    messages.success(request, f"The token {token.name} opens nothing any more.")
    if token.person == person_of(request):
        return redirect("tokens")
    return redirect("person", token.person.pk)
