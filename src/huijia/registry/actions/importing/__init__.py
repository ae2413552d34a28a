"""The way of a sheet into the register: read, judge, match, write, in chunks that stand or fall.

*Pass*: one walk through the sheet, either a dry run or the merge. *Chunk*: some rows whose
verdicts, writes and figures are one commit. *Reader*: who opens the sheet and judges its rows in
*blocks*, this process or a *child*.
"""
