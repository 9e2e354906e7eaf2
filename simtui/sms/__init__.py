"""Reads the operator's messages: balances, the last valid day and top-ups, for the user to confirm.

`reading` says what a text means and asks wherever it could mean two things, `acts` makes acts of it, `telling` words.
Patterns are data: those of one offer in the carriers file (docs/catalogue.md), those that many share in `general`.
"""
