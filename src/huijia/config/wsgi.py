"""The application that the web server runs, static files in front of it.

Files are answered before Django: the middleware of the same library is written for ASGI and takes
every request of a WSGI server through an event loop, which doubles the cost of a page.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from servestatic import ServeStatic

from huijia.config import installation

HASHED_NAME = r"^.+\.[0-9a-f]{12}\..+$"

installation.prepare()
pages = get_wsgi_application()
application = ServeStatic(
    pages,
    root=str(settings.STATIC_ROOT),
    prefix=settings.STATIC_URL,
    max_age=3600,
    allow_all_origins=False,
    immutable_file_test=HASHED_NAME,
)
