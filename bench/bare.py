"""The yardstick of pages: bare Django and Jinja2, one query, the same rows and columns, no more."""

import os

import django
from django.conf import settings

if not settings.configured:
    from huijia.config.settings.database import database

    base = database(os.environ["DATABASE_URL"], pooled=True)
    settings.configure(
        SECRET_KEY="the bench's only",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="bench.bare",
        DATABASES={"default": {**base, "ENGINE": "django.db.backends.postgresql"}},
        USE_TZ=True,
        MIDDLEWARE=[],
    )
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

PAGE = Environment(autoescape=True).from_string("""<!doctype html><title>Members</title><table>
{% for id, name, sex, birth, joined, state, union in rows %}
<tr><td><a href="/m/{{ id }}/">{{ name }}</a>
</td><td>{{ sex }}</td><td>{{ birth }}</td><td>{{ joined }}</td><td>{{ state }}</td>
<td>{{ union }}</td></tr>{% endfor %}</table>""")
ROWS = """
    SELECT m.id, p.name, p.sex, p.birth_date, m.joined_on, m.state, u.name
    FROM registry_membership m JOIN people_person p ON p.id = m.person_id
    JOIN orgs_union u ON u.id = m.union_id
    WHERE m.{level} = %s ORDER BY m.id DESC LIMIT 50
"""


def table(request: HttpRequest, depth: int, union: int) -> HttpResponse:
    """Fifty members below a union."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(level=f"level_{int(depth)}"), [union])
        return HttpResponse(PAGE.render(rows=cursor.fetchall()))


urlpatterns = [path("table/<int:depth>/<int:union>/", table)]
application = get_wsgi_application()
