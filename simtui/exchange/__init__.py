"""Import and export: lines with their acts and renewals as JSON, lines as CSV.

Readers return what a file holds together with everything that is wrong with it, row by row, and write nothing.
"""
