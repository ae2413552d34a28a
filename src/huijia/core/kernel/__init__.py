"""Ideas without a table: the actor, the one decision, verdicts, time, events.

Open to every package; imports nothing of Huijia.
"""
