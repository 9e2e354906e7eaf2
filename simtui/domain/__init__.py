"""The rules of keeping numbers alive: pure, without files, clock, locale or screen.

Importing this package loads nothing; import the module that holds what you need.
"""
