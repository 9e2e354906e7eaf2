"""What the command line prints: plain text for people and JSON for programs, from the same holdings.

`data` is the documented form (docs/json.md), `plain` the tables, `explanation` the long texts about one line.
"""
