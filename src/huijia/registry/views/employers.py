"""The page of an employer."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huijia.core.access.public import desk_page
from huijia.core.web import pages
from huijia.registry import facts
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import employers as queries
from huijia.registry.views.heads import actor_of


@require_safe
@desk_page(permit=RegistryPermit.EMPLOYER_VIEW)
def employer(request: HttpRequest, employer_id: int) -> HttpResponse:
    """An employer: what it is, and which unions cover it, as far as the reader's reach goes."""
    sheet = queries.sheet(actor_of(request), employer_id)
    context = {
        "sheet": sheet,
        "rows": facts.employer_facts(sheet),
        "trail": [(_("Employers"), ""), (sheet.name, "")],
    }
    return pages.render(request, "registry/employer.html", context)
