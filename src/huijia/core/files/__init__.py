"""Files in the database: sealed in pieces, streamed in and out, deleted when their time is over.

Uploads, reports and exports hold what the register holds, so they are sealed as it is and never
lie in a folder. A blob is a head and its pieces of about 256 KiB; each piece is bound to its blob
and number (`vault.seal_stream`), so that none can be dropped, repeated or moved.
"""
