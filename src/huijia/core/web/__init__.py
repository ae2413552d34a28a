"""What every screen is made of: base layouts, components, lists and pages.

Templates of all capabilities extend `web/desk.html`, `web/plain.html` or `web/worker.html`, use
the components of the global `ui`, and are answered by `pages.render`. This package knows no
permission and no capability: what may be shown arrives as values.
"""
