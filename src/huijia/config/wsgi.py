"""The application that the web server runs, static files in front of it.

Files are answered before Django: the middleware of the same library is written for ASGI and takes
every request of a WSGI server through an event loop, which doubles the cost of a page.
"""

import gc

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import translation
from servestatic import ServeStatic

from huijia.config import installation
from huijia.core.web.pages import backend

HASHED_NAME = r"^.+\.[0-9a-f]{12}\..+$"
COLLECT_AFTER = (10_000, 20, 50)
"""Objects made before young ones are looked through, and how often the older are too."""


def settle() -> None:
    """Load what the first pages would load, then let the garbage collector leave it alone.

    A full collection looks through 100,000 objects that stay as long as the process: 80 ms, in
    which all requests of the process wait, once in 300 pages.
    """
    reverse("help")
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Help")
    environment = backend().env
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


installation.prepare()
pages = get_wsgi_application()
settle()
application = ServeStatic(
    pages,
    root=str(settings.STATIC_ROOT),
    prefix=settings.STATIC_URL,
    max_age=3600,
    allow_all_origins=False,
    immutable_file_test=HASHED_NAME,
)
