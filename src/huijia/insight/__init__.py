"""Insight: figures that are kept, not counted.

A change of the registry appends delta rows in the same transaction; a job merges them up the few
ancestors; a page reads merged plus pending. Sources: anchors of the design, §4.8.
"""
