"""Where docs/definitions.md settles the cases between the lines of a definition."""

from __future__ import annotations

SECTIONS = {
    "1": "Response",
    "2": "",
    "3": "",
    "4": "Follow-up",
    "4.4": "Market and forecast",
    "5": "Content and social",
    "6": "Content and social",
    "7": "Content and social",
    "8": "Qualification",
    "9": "Winning",
    "10": "Winning",
    "11": "Stages of opportunities",
    "12": "Qualification",
    "13": "Key accounts",
    "14": "",
    "15": "Stages of opportunities",
    "16": "",
    "17": "",
    "18": "Meetings",
    "19": "Cost of winning",
    "20": "Customers",
    "21": "People",
    "22": "",
}
"""The heading for each number that a KPI's `section` gives; empty where all is said by itself."""
