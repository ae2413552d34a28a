"""The application that the web server runs."""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from huijia.config import installation

installation.prepare()
application: WSGIHandler = get_wsgi_application()
