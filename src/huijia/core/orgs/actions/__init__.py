"""The writers of unions, employers and coverage.

They belong to the core and know no permit of a capability: who calls them has required the permit
on the union (or its parent) and publishes what happened. Rule, row, history and audit are here.
"""
