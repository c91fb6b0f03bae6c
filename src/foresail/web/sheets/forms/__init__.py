"""A sheet in the forms that leave the page: CSV, XLSX, PDF and, for a chart, PNG and SVG."""

from foresail.web.sheets.forms.choose import FORMS, in_form

__all__ = ["FORMS", "in_form"]
