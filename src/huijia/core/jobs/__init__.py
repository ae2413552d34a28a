"""Background work in PostgreSQL (Procrastinate): enqueue by name, progress, stalled jobs."""
