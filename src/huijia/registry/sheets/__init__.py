"""Sheets: told apart, checked, read row by row as text, and written back with verdicts.

A row is its number (as the spreadsheet shows it) and its cells as text. CSV is streamed; a
workbook is read by a child process with a memory limit, since a crafted one can ask for any
amount. Nothing is ever written to a folder in clear.
"""
