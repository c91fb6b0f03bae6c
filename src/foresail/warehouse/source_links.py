"""Where the system that records came from shows each of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

PLACE = "{id}"


class SourceLinks(BaseModel):
    """An address for each kind of record, with {id} where its id belongs; empty for none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    opportunity: str = Field(
        default="",
        description="Where the CRM shows a deal, as https://crm.example/opportunity/{id}.",
    )
    lead: str = Field(default="", description="Where it shows a lead.")
    account: str = Field(default="", description="Where it shows an account.")
    contact: str = Field(default="", description="Where it shows a contact.")
    activity: str = Field(default="", description="Where it shows a call, mail or meeting.")

    @field_validator("*")
    @classmethod
    def _leads_to_the_web(cls, value: Any) -> Any:
        if value and not is_template(value):
            raise ValueError(
                f"{value!r} leads nowhere; write it as https://crm.example/opportunity/{PLACE}"
            )
        return value

    def url(self, kind: str, record_id: str | None) -> str:
        """Where a record of a kind is shown; empty where that is not known.

        >>> links = SourceLinks(lead="https://crm.example/lead/{id}/view")
        >>> links.url("lead", "a/b?c d"), links.url("contact", "1")
        ('https://crm.example/lead/a%2Fb%3Fc%20d/view', '')
        """
        template = getattr(self, kind, "") if kind in type(self).model_fields else ""
        if not template or not record_id:
            return ""
        return str(template).replace(PLACE, quote(record_id, safe=""))


def is_template(text: str) -> bool:
    """Whether a browser may open an address, and the id stands in it once, after the host.

    >>> is_template("https://crm.example/lead/{id}"), is_template("https://crm.example/?id={id}")
    (True, True)
    >>> is_template("javascript:alert({id})"), is_template("https://{id}.example/")
    (False, False)
    """
    if any(each.isspace() or not each.isprintable() for each in text) or text.count(PLACE) != 1:
        return False
    try:
        found = urlsplit(text)
        is_web = found.scheme in ("http", "https") and bool(found.hostname)
    except ValueError:
        return False
    return is_web and PLACE not in found.netloc
