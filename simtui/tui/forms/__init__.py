"""Forms as plain data and functions: which fields, what was typed into them, what it means. No Textual in it.

`model` says what a form is; `state` is one being filled in and how it looks; `simtui.tui.screens.form` gives it keys.
"""
