"""The pages of one union: what it is, whom it covers, what has changed, and its forms."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huijia.core.access.public import desk_page
from huijia.core.kernel import clock
from huijia.core.kernel.errors import Refused
from huijia.core.orgs.public import UnionFacts, UnionKind, tree
from huijia.core.requests.public import act_once, once
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

UNPROCESSABLE = 422


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
    if form.is_valid():
        try:
            actions.edit(
                union_id=union_id,
                changes=form.tree_changes,
                file_changes=form.file_changes,
                version=form.cleaned_data["version"],
                by=actor,
                at=clock.now(),
            )
        except Refused as fault:
            form.take(fault)
        else:
            messages.success(request, _("The facts have been saved."))
            return _to(request, reverse("registry:union_facts", args=[union_id]))
    context = {"groups": facts.form_groups(form)}
    return _form_page(
        request, "registry/union_form.html", head, form, title=_("Edit"), more=context
    )


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def found(request: HttpRequest, union_id: int) -> HttpResponse:
    """Found a union below this one."""
    actor = actor_of(request)
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = UnionForm(request.POST or None, kinds=tree.kinds_below(head.kind))
    if form.is_valid():
        try:
            return act_once(
                request,
                lambda: reverse(
                    "registry:union",
                    args=[
                        actions.found(
                            parent_id=union_id,
                            facts=UnionFacts(**form.cleaned_data),
                            by=actor,
                            at=clock.now(),
                        ).pk
                    ],
                ),
            )
        except Refused as fault:
            form.take(fault)
    context = {"groups": facts.form_groups(form)}
    title = _("New union below this one")
    return _form_page(request, "registry/union_form.html", head, form, title=title, more=context)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def appoint(request: HttpRequest, union_id: int) -> HttpResponse:
    """Enter an officer."""
    actor = actor_of(request)
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = OfficerForm(request.POST or None)
    if form.is_valid():
        try:
            return act_once(
                request,
                lambda: _after(
                    officers.appoint(
                        union_id=union_id, facts=form.facts(), by=actor, at=clock.now()
                    ),
                    union_id,
                ),
            )
        except Refused as fault:
            form.take(fault)
    return _form_page(request, "registry/small_form.html", head, form, title=_("New officer"))


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def officer(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Correct an officer's facts or end the term."""
    actor = actor_of(request)
    head, row = queries.officer(actor, officer_id)
    initial = {field: getattr(row, field) for field in OfficerForm.base_fields}
    form = OfficerForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            officers.edit(officer_id=officer_id, facts=form.facts(), by=actor, at=clock.now())
        except Refused as fault:
            form.take(fault)
        else:
            messages.success(request, _("The facts have been saved."))
            return _to(request, reverse("registry:union", args=[head.id]))
    return _form_page(request, "registry/small_form.html", head, form, title=row.name)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def cover(request: HttpRequest, union_id: int) -> HttpResponse:
    """Let the union cover an employer."""
    actor, at = actor_of(request), clock.now()
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = CoverageForm(request.POST or None, initial={"since": clock.china_day(at)})
    if form.is_valid():
        try:
            return act_once(
                request,
                lambda: _after(
                    coverage.begin(
                        union_id=union_id,
                        employer=form.facts(),
                        since=form.cleaned_data["since"],
                        by=actor,
                        at=at,
                    ),
                    union_id,
                ),
            )
        except Refused as fault:
            form.take(fault)
    return _form_page(request, "registry/small_form.html", head, form, title=_("Cover an employer"))


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def uncover(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """End a coverage."""
    actor, at = actor_of(request), clock.now()
    head, row = queries.coverage(actor, coverage_id)
    form = CoverageEndForm(request.POST or None, initial={"until": clock.china_day(at)})
    if form.is_valid():
        try:
            coverage.end(coverage_id=coverage_id, **form.cleaned_data, by=actor, at=at)
        except Refused as fault:
            form.take(fault)
        else:
            messages.success(request, _("The coverage has been ended."))
            return _to(request, reverse("registry:union_employers", args=[head.id]))
    return _form_page(request, "registry/small_form.html", head, form, title=row.employer)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def form_group(request: HttpRequest, union_id: int) -> HttpResponse:
    """Form a group."""
    actor = actor_of(request)
    head = queries.head(actor, union_id, RegistryPermit.UNION_EDIT)
    form = GroupForm(request.POST or None)
    if form.is_valid():
        try:
            return act_once(
                request,
                lambda: _after(
                    groups.form(union_id=union_id, **form.cleaned_data, by=actor, at=clock.now()),
                    union_id,
                ),
            )
        except Refused as fault:
            form.take(fault)
    return _form_page(request, "registry/small_form.html", head, form, title=_("New group"))


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.UNION_EDIT)
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Rename a group."""
    actor = actor_of(request)
    head, row = queries.group(actor, group_id)
    form = GroupForm(request.POST or None, initial={"name": row.name})
    if form.is_valid():
        try:
            groups.rename(group_id=group_id, **form.cleaned_data, by=actor, at=clock.now())
        except Refused as fault:
            form.take(fault)
        else:
            messages.success(request, _("The group has been renamed."))
            return _to(request, reverse("registry:union", args=[head.id]))
    return _form_page(request, "registry/small_form.html", head, form, title=row.name)


def _as_choices(values: Mapping[str, Any]) -> dict[str, Any]:
    """Yes and no as the form's choices name them."""
    return {
        field: "yes" if value else "no"
        for field, value in values.items()
        if isinstance(value, bool)
    }


def _after(_made: object, union_id: int) -> str:
    return reverse("registry:union", args=[union_id])


def _to(_request: HttpRequest, address: str) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = address
    return response


def _form_page(
    request: HttpRequest,
    template: str,
    head: UnionHead,
    form: Refusable,
    *,
    title: str,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "head": head,
        "title": title,
        "trail": trail(head.trail, title),
        "back": reverse("registry:union", args=[head.id]),
        "once_field": once.field(request),
        **(more or {}),
    }
    return pages.render(request, template, context, status=UNPROCESSABLE if form.errors else 200)
