"""The form of a saved view."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve

from foresail.web.people.models import Person
from foresail.web.saved.models import NAME_LENGTH, PAGE_LENGTH, SavedView


def is_page(address: str) -> bool:
    """Whether an address is one of a page of this site that can be saved: a sheet."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or "\\" in address:
        return False
    try:
        return hasattr(resolve(parts.path).func, "page")
    except Resolver404:
        return False


class NameForm(forms.Form):
    """What a view is called, and who finds it. `owner` has no other view of that name."""

    name = forms.CharField(label="Name", max_length=NAME_LENGTH)
    about = forms.CharField(label="Description (optional)", max_length=300, required=False)
    is_shared = forms.BooleanField(
        label="Everybody finds it, and sees it with their own numbers", required=False
    )

    def __init__(self, *args: Any, owner: Person, view: SavedView | None = None, **options: Any):
        self.owner, self.view = owner, view
        super().__init__(*args, **options)

    def clean_name(self) -> str:
        """A name that no other view of this person has."""
        name: str = self.cleaned_data["name"]
        others = SavedView.objects.filter(owner=self.owner, name=name)
        if self.view is not None:
            others = others.exclude(pk=self.view.pk)
        if others.exists():
            raise forms.ValidationError("You have a view of that name. Choose another name.")
        return name


class NewForm(NameForm):
    """A new view of the page in the address."""

    page = forms.CharField(max_length=PAGE_LENGTH, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """The address of a page that can be saved."""
        page: str = self.cleaned_data["page"]
        if not is_page(page):
            raise forms.ValidationError("Open the page to save, and choose “Save this view” there.")
        return page
