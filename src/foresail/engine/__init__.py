"""From a question to one lazy query. Imports warehouse and below; knows no single fact or KPI.

The way: `question` resolves what was asked, `rows` finds the rows of a measure, `tally` makes
numbers of them, `compile` joins the numbers into KPIs, `records` lists the rows instead.
"""
