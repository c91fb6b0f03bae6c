"""The forms of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from foresail.web.people.models import Person
from foresail.web.people.rights import Grant, Role
from foresail.web.people.sharing import shareable


class Password(forms.Form):
    """A password, twice. `person` is whose it will be, as far as they are known."""

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), label="Password"
    )
    again = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), label="Password again"
    )

    def __init__(self, *args: Any, email: str = "", **options: Any):
        self.address = email
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """Both passwords, if they agree, and are not too easy to guess for this person."""
        cleaned = super().clean() or {}
        if "password" not in cleaned:
            return cleaned
        if cleaned["password"] != cleaned.get("again"):
            raise forms.ValidationError("The two passwords differ.")
        person = Person(email=cleaned.get("email", self.address), name=cleaned.get("name", ""))
        try:
            validate_password(cleaned["password"], person)
        except forms.ValidationError as error:
            self.add_error("password", error)
        return cleaned


class NewPerson(Password):
    """A name and a password."""

    name = forms.CharField(
        max_length=200,
        label="Your name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "password", "again"]


class FirstPerson(NewPerson):
    """The first admin."""

    email = forms.EmailField(
        label="Mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ["name", "email", "password", "again"]


class PlaceForm(forms.Form):
    """What somebody is here, and who in the data."""

    role = forms.ChoiceField(choices=Role.choices, initial=Role.REP, label="Role")
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
        if not stays and self.person.is_last_admin:
            raise forms.ValidationError(
                "This is the only admin. Make somebody else admin first: else nobody could let "
                "people in any more."
            )
        return cleaned

    def save(self) -> Person:
        """The person, changed; who is kept out loses every way in at once."""
        for name, value in self.cleaned_data.items():
            setattr(self.person, name, value)
        self.person.save()
        if not self.person.is_active:
            self.person.close_every_door()
        return self.person


class OwnForm(forms.Form):
    """What people may change of themselves: everything else is an admin's matter."""

    name = forms.CharField(
        max_length=200,
        label="Your name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class Duration(forms.TypedChoiceField):
    """How long something is to last, in days."""

    def __init__(self, *days: int, **options: Any):
        choices = [(each, "1 day" if each == 1 else f"{each} days") for each in days]
        super().__init__(choices=choices, coerce=_days, **options)


def _days(text: str) -> dt.timedelta:
    return dt.timedelta(days=int(text))


class TokenForm(forms.Form):
    """A token: what for, what it may do, and until when."""

    name = forms.CharField(max_length=100, label="What it is for")
    grants = forms.MultipleChoiceField(
        choices=Grant.choices,
        initial=[Grant.NUMBERS],
        widget=forms.CheckboxSelectMultiple,
        label="It may",
    )
    valid = Duration(7, 30, 90, 180, 365, initial=90, label="Valid for")


class ShareForm(forms.Form):
    """A page to share, and for how long."""

    page = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    valid = Duration(1, 7, 30, 90, 365, initial=7, label="Valid for")

    def clean_page(self) -> str:
        """A page that may be shared."""
        page: str = self.cleaned_data["page"]
        if shareable(page) is None:
            raise forms.ValidationError("This page cannot be shared.")
        return page


class LogFilter(forms.Form):
    """Which lines of the audit log to show."""

    who = forms.CharField(required=False, max_length=254, label="Who")
    what = forms.ChoiceField(required=False, label="What")

    def __init__(self, *args: Any, kinds: list[str], **options: Any):
        super().__init__(*args, **options)
        choices = [("", "Everything"), *((each, each) for each in kinds)]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
