"""The yardstick of pages: the member list as a bare Django and Jinja2 page of the same rows.

What a Django developer writes in ten minutes on our models: the ORM's `values_list`, a dictionary
of masks, a template. Same fifty rows, same columns with the same words, masks, links and dates;
Django's own engine for PostgreSQL, a lasting connection, autocommit.

Left out is all that makes a site of it: middleware, session, signing in, permits, the fence around
the identities (it stands open for this connection as for an officer of the city), the request's
transaction, the page's frame and navigation, filters and their labels, paging, icons, two
languages, forms' tokens, security headers, metrics.
"""

import os

import django
from django.conf import settings

if not settings.configured:
    os.environ["HUIJIA_ROLE"] = "web"
    from huijia.config import settings as ours
    from huijia.config.settings.database import database

    base = database(os.environ["DATABASE_URL"], pooled=False)
    options = {**base["OPTIONS"], "options": "-c huijia.reach={1}"}
    bare = {
        "DATABASES": {
            "default": {
                **base,
                "ENGINE": "django.db.backends.postgresql",
                "OPTIONS": options,
                "CONN_MAX_AGE": None,
                "CONN_HEALTH_CHECKS": False,
            }
        },
        "INSTALLED_APPS": [
            *("huijia.registry", "huijia.core.orgs", "huijia.core.people", "huijia.core.audit"),
            *("django.contrib.auth", "django.contrib.contenttypes"),
        ],
        "MIDDLEWARE": [],
        "ROOT_URLCONF": "bench.bare",
    }
    settings.configure(**{name: getattr(ours, name) for name in ours.__all__} | bare)
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

from huijia.core.people.public import (
    Identity,
    NewEmployment,
    Sex,
    mask_identity_number,
    mask_phone,
    sealing,
)
from huijia.registry.choices import IN_FORCE, MembershipState
from huijia.registry.models import Membership

PAGE_SIZE = 50
COLUMNS = (
    *("person_id", "person__name", "person__sex", "union__name"),
    *("joined_on", "state", "new_employment"),
)
PAGE = Environment(autoescape=True).from_string("""<!doctype html><title>会员</title><table>
<tr><th>姓名<th>性别<th>证件号码<th>手机号码<th>所属工会<th>入会日期<th>状态</tr>
{% for id, name, sex, union, joined, state, work in rows %}{% set mask = masks[id] %}
<tr><td><a href="/desk/members/{{ id }}/">{{ name }}</a></td><td>{{ sexes[sex] }}</td>
<td>{{ mask.number }}</td><td>{{ mask.phone or '—' }}</td><td>{{ union }}</td>
<td>{{ joined or '—' }}</td>
<td><span class="chip-{{ state }}">{{ states[state] }}</span> {{ groups[work] }}</td></tr>
{% endfor %}</table>""")


def table(request: HttpRequest, depth: int, union: int) -> HttpResponse:
    """The newest fifty members in force below a union."""
    level = f"level_{depth}"
    # A range of one, since the planner walks the whole key for "level = n, newest first".
    members = Membership.objects.filter(**{f"{level}__range": (union, union)}, state__in=IN_FORCE)
    rows = list(members.order_by(f"-{level}", "-id").values_list(*COLUMNS)[:PAGE_SIZE])
    return HttpResponse(
        PAGE.render(
            rows=rows,
            masks=masks_of([row[0] for row in rows]),
            sexes=words_of(Sex),
            states=words_of(MembershipState),
            groups={"": "", **words_of(NewEmployment)},
        )
    )


def masks_of(person_ids: list[int]) -> dict[int, dict[str, str]]:
    """The masked number and phone of each person."""
    identities = Identity.objects.filter(person_id__in=person_ids)
    return {
        person_id: {
            "number": mask_identity_number(sealing.open_number(number)),
            "phone": mask_phone(sealing.open_phone(phone)) if phone else "",
        }
        for person_id, number, phone in identities.values_list(
            "person_id", "number_sealed", "phone_sealed"
        )
    }


def words_of(choices: type[Sex] | type[MembershipState] | type[NewEmployment]) -> dict[str, str]:
    """Codes with their words, asked for once a page."""
    return {code: str(label) for code, label in choices.choices}


urlpatterns = [path("table/<int:depth>/<int:union>/", table)]
application = get_wsgi_application()
