"""The pages of one union: what it is, whom it covers, what has changed, and its forms."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huijia.core.access.public import desk_page
from huijia.core.kernel import clock
from huijia.core.orgs.public import UnionFacts, UnionKind, tree
from huijia.core.requests.public import once
from huijia.core.web import pages
from huijia.registry import facts, words
from huijia.registry.actions import coverage, groups, officers
from huijia.registry.actions import unions as actions
from huijia.registry.forms import (
    CoverageEndForm,
    CoverageForm,
    GroupForm,
    OfficerForm,
    Refusable,
    UnionEditForm,
    UnionForm,
)
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import unions as queries
from huijia.registry.queries.unions import UnionHead
from huijia.registry.views.heads import actor_of, trail, union_page
from huijia.registry.views.sending import begun, saved, status_of


@require_safe
@desk_page(permit=RegistryPermit.UNION_VIEW)
def union(request: HttpRequest, union_id: int) -> HttpResponse:
    """The union at a glance: key facts, officers, groups, and the first rows below it."""
    sheet = queries.sheet(actor_of(request), union_id, on=clock.today())
    context = {
        **union_page(sheet.head, "union"),
        "sheet": sheet,
        "key_facts": facts.key_facts(sheet),
        "sentence": words.sentence,
        "member_words": facts.member_words(),
    }
    return pages.render(request, "registry/union.html", context)


@require_safe
@desk_page(permit=RegistryPermit.UNION_VIEW)
def union_facts(request: HttpRequest, union_id: int) -> HttpResponse:
    """All facts that the real-name register asks for, in groups, missing ones said quietly."""
    sheet = queries.record(actor_of(request), union_id)
    context = {
        **union_page(sheet.head, "union_facts"),
        "groups": facts.groups(sheet),
        "sentence": words.sentence,
    }
    return pages.render(request, "registry/union_facts.html", context)


@require_safe
@desk_page(permit=RegistryPermit.EMPLOYER_VIEW)
def union_employers(request: HttpRequest, union_id: int) -> HttpResponse:
    """All employers that the union covers or covered."""
    head, page = queries.employers(actor_of(request), union_id, request.GET)
    context = {**union_page(head, "union_employers"), "page": page, "sentence": words.sentence}
    return pages.render(request, "registry/union_employers.html", context)


@require_safe
@desk_page(permit=RegistryPermit.UNION_VIEW)
def union_history(request: HttpRequest, union_id: int) -> HttpResponse:
    """What has changed, by whom, from what to what."""
    head, changes = queries.history(actor_of(request), union_id)
    context = {
        **union_page(head, "union_history"),
        "items": [facts.change_item(change) for change in changes],
        "sentence": words.sentence,
    }
    return pages.render(request, "registry/union_history.html", context)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def edit(request: HttpRequest, union_id: int) -> HttpResponse:
    """Change the facts of a union."""
    actor = actor_of(request)
    head, values = queries.file_of(actor, union_id)
    initial = {**values, **_as_choices(values), "version": head.version}
    form = UnionEditForm(request.POST or None, initial=initial, kinds=tuple(UnionKind))

    def act() -> str:
        actions.edit(
            union_id=union_id,
            changes=form.tree_changes,
            file_changes=form.file_changes,
            version=form.cleaned_data["version"],
            by=actor,
            at=clock.now(),
        )
        return reverse("registry:union_facts", args=[union_id])

    answer = saved(request, form, act, told=_("The facts have been saved."))
    return answer or _form_page(request, head, form, title=_("Edit"), is_large=True)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def found(request: HttpRequest, union_id: int) -> HttpResponse:
    """Found a union below this one."""
    actor = actor_of(request)
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = UnionForm(request.POST or None, kinds=tree.kinds_below(head.kind))

    def act() -> str:
        facts_given = UnionFacts(**form.cleaned_data)
        union = actions.found(parent_id=union_id, facts=facts_given, by=actor, at=clock.now())
        return reverse("registry:union", args=[union.pk])

    title = _("New union below this one")
    return begun(request, form, act) or _form_page(request, head, form, title=title, is_large=True)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def appoint(request: HttpRequest, union_id: int) -> HttpResponse:
    """Enter an officer."""
    actor = actor_of(request)
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = OfficerForm(request.POST or None)

    def act() -> str:
        officers.appoint(union_id=union_id, facts=form.facts(), by=actor, at=clock.now())
        return reverse("registry:union", args=[union_id])

    return begun(request, form, act) or _form_page(request, head, form, title=_("New officer"))


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def officer(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Correct an officer's facts or end the term."""
    actor = actor_of(request)
    head, row = queries.officer(actor, officer_id)
    initial = {field: getattr(row, field) for field in OfficerForm.base_fields}
    form = OfficerForm(request.POST or None, initial=initial)

    def act() -> str:
        officers.edit(officer_id=officer_id, facts=form.facts(), by=actor, at=clock.now())
        return reverse("registry:union", args=[head.id])

    answer = saved(request, form, act, told=_("The facts have been saved."))
    return answer or _form_page(request, head, form, title=row.name)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def cover(request: HttpRequest, union_id: int) -> HttpResponse:
    """Let the union cover an employer."""
    actor, at = actor_of(request), clock.now()
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = CoverageForm(request.POST or None, initial={"since": clock.china_day(at)})

    def act() -> str:
        since = form.cleaned_data["since"]
        coverage.begin(union_id=union_id, employer=form.facts(), since=since, by=actor, at=at)
        return reverse("registry:union", args=[union_id])

    title = _("Cover an employer")
    return begun(request, form, act) or _form_page(request, head, form, title=title)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def uncover(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """End a coverage."""
    actor, at = actor_of(request), clock.now()
    head, row = queries.coverage(actor, coverage_id)
    form = CoverageEndForm(request.POST or None, initial={"until": clock.china_day(at)})

    def act() -> str:
        coverage.end(coverage_id=coverage_id, **form.cleaned_data, by=actor, at=at)
        return reverse("registry:union_employers", args=[head.id])

    answer = saved(request, form, act, told=_("The coverage has been ended."))
    return answer or _form_page(request, head, form, title=row.employer)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def form_group(request: HttpRequest, union_id: int) -> HttpResponse:
    """Form a group."""
    actor = actor_of(request)
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = GroupForm(request.POST or None)

    def act() -> str:
        groups.form(union_id=union_id, **form.cleaned_data, by=actor, at=clock.now())
        return reverse("registry:union", args=[union_id])

    return begun(request, form, act) or _form_page(request, head, form, title=_("New group"))


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Rename a group."""
    actor = actor_of(request)
    head, row = queries.group(actor, group_id)
    form = GroupForm(request.POST or None, initial={"name": row.name})

    def act() -> str:
        groups.rename(group_id=group_id, **form.cleaned_data, by=actor, at=clock.now())
        return reverse("registry:union", args=[head.id])

    answer = saved(request, form, act, told=_("The group has been renamed."))
    return answer or _form_page(request, head, form, title=row.name)


def _as_choices(values: Mapping[str, Any]) -> dict[str, Any]:
    """Yes and no as the form's choices name them."""
    return {
        field: "yes" if value else "no"
        for field, value in values.items()
        if isinstance(value, bool)
    }


def _form_page(
    request: HttpRequest, head: UnionHead, form: Refusable, *, title: str, is_large: bool = False
) -> HttpResponse:
    """A form about a union; a large one in groups of fields."""
    context = {
        "form": form,
        "groups": facts.form_groups(form) if is_large else (),
        "head": head,
        "title": title,
        "trail": trail(head.trail, title),
        "back": reverse("registry:union", args=[head.id]),
        "once_field": once.field(request),
    }
    template = "registry/union_form.html" if is_large else "registry/small_form.html"
    return pages.render(request, template, context, status=status_of(form))
