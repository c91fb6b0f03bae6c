"""The forms of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from foresail.web.people.models import Person
from foresail.web.people.rights import Role


class NewPassword(forms.Form):
    """A name and a password, twice."""

    name = forms.CharField(max_length=200, label="Your name")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), label="Password"
    )
    again = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), label="Password again"
    )

    def clean_password(self) -> str:
        """A password that is not too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Both passwords, if they agree."""
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            raise forms.ValidationError("The two passwords differ.")
        return cleaned


class FirstPerson(NewPassword):
    """The first admin."""

    email = forms.EmailField(label="Mail address", max_length=254)
    field_order = ["name", "email", "password", "again"]


class PlaceForm(forms.Form):
    """What somebody is here, and who in the data."""

    role = forms.ChoiceField(choices=Role.choices, label="Role")
    rep_id = forms.ChoiceField(required=False, label="Who they are in the data")

    def __init__(self, *args: Any, reps: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        self.fields["rep_id"].choices = [("", "Nobody"), *reps]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Reps and managers are somebody in the data."""
        cleaned = super().clean() or {}
        if cleaned.get("role") in (Role.MANAGER, Role.REP) and not cleaned.get("rep_id"):
            raise forms.ValidationError("Say who they are in the data: what they see follows it.")
        return cleaned


class InvitationForm(PlaceForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(max_length=254, label="Mail address")
    field_order = ["email", "role", "rep_id"]

    def clean_email(self) -> str:
        """An address that nobody has yet."""
        email: str = self.cleaned_data["email"].lower()
        if Person.objects.filter(email=email).exists():
            raise forms.ValidationError("Somebody with that address is here already.")
        return email


class PersonForm(PlaceForm):
    """What an admin may change of a person."""

    is_active = forms.BooleanField(required=False, label="May come in")

    def __init__(self, *args: Any, person: Person, **options: Any):
        self.person = person
        place = {name: getattr(person, name) for name in ("role", "rep_id", "is_active")}
        super().__init__(*args, initial=place, **options)

    def clean(self) -> dict[str, Any]:
        """One admin always remains."""
        cleaned = super().clean()
        stays = cleaned.get("role") == Role.ADMIN and cleaned.get("is_active")
        others = Person.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=self.person.pk)
        if not stays and not others.exists():
            raise forms.ValidationError("Somebody must stay admin. Make another one first.")
        return cleaned

    def save(self) -> Person:
        """The person, changed."""
        for name, value in self.cleaned_data.items():
            setattr(self.person, name, value)
        self.person.save()
        return self.person
