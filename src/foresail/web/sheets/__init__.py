"""What every page of the product is made of: a desk to ask from, blocks to show, one view for all.

A page is a function from a `Desk` to a `Sheet` of blocks. The same sheet becomes HTML, a part for
htmx, a spreadsheet, a PDF or a picture.
"""
