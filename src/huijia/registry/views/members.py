"""Members: the list, one member's page, admitting, editing, changing the state, revealing."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huijia.core.access.public import desk_page
from huijia.core.kernel import clock
from huijia.core.kernel.permits import decide
from huijia.core.orgs.public import PRIMARY, Spot
from huijia.core.people.public import Fault, NewEmployment, PersonFacts, Sex, read_date
from huijia.core.requests.public import once
from huijia.core.web import pages
from huijia.core.web.listing import query_with
from huijia.registry import facts, words
from huijia.registry.actions import identities, memberships
from huijia.registry.actions import members as actions
from huijia.registry.actions.memberships import MembershipFacts
from huijia.registry.choices import MembershipState
from huijia.registry.forms import AdmitForm, MemberEditForm, RevealForm, StateForm
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import member_lists, search, unions
from huijia.registry.queries import members as queries
from huijia.registry.queries.member_lists import EVERY_STATE, IN_FORCE_FILTER, MemberFilters
from huijia.registry.queries.members import MemberSheet
from huijia.registry.views.heads import actor_of, trail
from huijia.registry.views.sending import begun, saved, status_of

UNPROCESSABLE = 422
LONGEST_ID = 9
"""Digits of a union's id in an address; longer ones were not made by us."""


@require_safe
@desk_page(permit=RegistryPermit.MEMBER_VIEW)
def members(request: HttpRequest) -> HttpResponse:
    """Members within reach, newest first, narrowed by what stands in the address."""
    if (elsewhere := _without_numbers(request, "name")) is not None:
        return elsewhere
    actor = actor_of(request)
    filters, complaint = _filters(request.GET)
    found = member_lists.listing(actor, filters, request.GET)
    union = found.union
    can_admit = bool(decide(actor, RegistryPermit.MEMBER_EDIT, union))
    context = {
        "page": found.page,
        "union": union,
        "trail": trail(unions.steps(actor, found.way), _("Members")) if union else (),
        "filters": filters,
        "complaint": complaint,
        "is_narrowed": filters != MemberFilters(),
        "words": facts.member_words(),
        "can_admit": can_admit,
        "new_href": _new_href(union),
        **_choices(get_language()),
    }
    return pages.render(request, "registry/members.html", context, block="rows")


@require_safe
@desk_page(permit=RegistryPermit.MEMBER_VIEW)
def member(request: HttpRequest, person_id: int) -> HttpResponse:
    """One member: facts, masks, memberships, what has changed."""
    actor = actor_of(request)
    sheet = queries.sheet(actor, person_id)
    context = {
        "sheet": sheet,
        "groups": facts.member_groups(sheet),
        "chips": facts.CHIPS,
        "items": [facts.member_change_item(change) for change in sheet.changes],
        "trail": trail(unions.trail(actor, sheet.current.union_path), sheet.name),
        "sentence": words.sentence,
        "watchers": watchers(),
    }
    return pages.render(request, "registry/member.html", context)


@require_safe
@desk_page(permit=RegistryPermit.MEMBER_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the union that somebody joins; the only one an officer has is chosen already."""
    if (elsewhere := _without_numbers(request, "q")) is not None:
        return elsewhere
    actor = actor_of(request)
    places = actor.places(RegistryPermit.MEMBER_EDIT)
    own = unions.primary_among([place.id for place in places])
    if len(places) == 1 and own:
        return HttpResponseRedirect(reverse("registry:admit", args=[own[0].id]))
    text = request.GET.get("q", "").strip()[: search.LONGEST]
    found = search.find_primary(actor, text) if text else own
    context = {"text": text, "unions": found, "is_cut": bool(text) and len(found) == search.LIMIT}
    return pages.render(request, "registry/member_new.html", context)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.MEMBER_EDIT)
def admit(request: HttpRequest, union_id: int) -> HttpResponse:
    """Admit somebody to a primary union."""
    actor, at = actor_of(request), clock.now()
    head = unions.head(actor, union_id, RegistryPermit.MEMBER_EDIT)
    today = clock.china_day(at)
    form = AdmitForm(
        request.POST or None,
        today=today,
        groups=unions.group_choices(union_id),
        employers=unions.employer_choices(union_id, on=today),
        initial={"joined_on": today},
    )

    def act() -> str:
        admitted = memberships.admit(
            union=head.spot,
            person=PersonFacts(**form.person_values()),
            membership=MembershipFacts(**form.membership_values()),
            by=actor,
            at=at,
        )
        return reverse("registry:member", args=[admitted.person_id])

    context = {
        "form": form,
        "title": _("New member"),
        "subtitle": head.name,
        "groups": facts.member_form_groups(form),
        "trail": trail(head.trail, _("New member")),
        "back": reverse("registry:union", args=[union_id]),
    }
    return begun(request, form, act) or _form_page(request, "registry/member_form.html", context)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.MEMBER_EDIT)
def edit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change a member's facts; a number or phone left empty stays as it is."""
    actor, at = actor_of(request), clock.now()
    held = queries.editable(actor, person_id)
    today = clock.china_day(at)
    form = MemberEditForm(
        request.POST or None,
        today=today,
        groups=unions.group_choices(held.union_id),
        employers=unions.employer_choices(held.union_id, on=today),
        masks=(held.values["number_mask"], held.values["phone_mask"]),
        initial={**held.values, "version": held.version},
    )

    def act() -> str:
        actions.edit(
            membership_id=held.membership_id,
            person=form.person_values(),
            membership=form.membership_values(),
            version=form.cleaned_data["version"],
            by=actor,
            at=at,
        )
        return reverse("registry:member", args=[person_id])

    context = {
        "form": form,
        "title": _("Edit"),
        "subtitle": held.name,
        "groups": facts.member_form_groups(form),
        "trail": [
            (_("Members"), reverse("registry:members")),
            (held.name, reverse("registry:member", args=[person_id])),
            (_("Edit"), ""),
        ],
        "back": reverse("registry:member", args=[person_id]),
    }
    answer = saved(request, form, act, told=_("The facts have been saved."))
    return answer or _form_page(request, "registry/member_form.html", context)


@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.MEMBER_EDIT)
def state(request: HttpRequest, person_id: int) -> HttpResponse:
    """Retain, resume or end a membership."""
    actor, at = actor_of(request), clock.now()
    held = queries.editable(actor, person_id)
    form = StateForm(
        request.POST or None,
        states=held.next_states,
        initial={"version": held.membership_version, "on": clock.china_day(at)},
    )

    def act() -> str:
        memberships.change_state(
            membership_id=held.membership_id, **form.cleaned_data, by=actor, at=at
        )
        return reverse("registry:member", args=[person_id])

    context = {
        "form": form,
        "title": _("Change the membership"),
        "subtitle": held.name,
        "trail": [
            (_("Members"), reverse("registry:members")),
            (held.name, reverse("registry:member", args=[person_id])),
            (_("Change the membership"), ""),
        ],
        "back": reverse("registry:member", args=[person_id]),
    }
    answer = saved(request, form, act, told=_("The membership has been changed."))
    return answer or _form_page(request, "registry/member_state.html", context)


@require_POST
@desk_page(permit=RegistryPermit.IDENTITY_REVEAL)
def reveal(request: HttpRequest, person_id: int, field: str) -> HttpResponse:
    """Show one sealed value, in place or on a page of its own, after the reason is recorded."""
    actor = actor_of(request)
    form = RevealForm(request.POST)
    sheet = queries.sheet(actor, person_id)
    value = ""
    if form.is_valid():
        value = identities.reveal(
            person_id=person_id,
            fields=[field],
            reason=form.cleaned_data["reason"],
            by=actor,
            at=clock.now(),
        )[field]
    context = {
        "sheet": sheet,
        "field": field,
        "label": str(words.MEMBER_FIELDS[field]),
        "mask": _mask(sheet, field),
        "value": value,
        "complaint": form.errors["reason"][0] if form.errors else "",
        "reason": form["reason"].value() or "",
        "watchers": watchers(),
        "trail": [
            (_("Members"), reverse("registry:members")),
            (sheet.name, reverse("registry:member", args=[person_id])),
            (str(words.MEMBER_FIELDS[field]), ""),
        ],
    }
    status = UNPROCESSABLE if form.errors else 200
    return pages.render(request, "registry/reveal.html", context, block="shown", status=status)


def watchers() -> str:
    """Who sees the record of a look today: members have no pages of their own yet."""
    return _(
        "It is recorded who looked, when and why. The auditor reads this record, and the member "
        "may ask for it."
    )


def _mask(sheet: MemberSheet, field: str) -> str:
    return sheet.identity.number if field == "number" else sheet.identity.phone


def _without_numbers(request: HttpRequest, key: str) -> HttpResponse | None:
    """The same page without a number of a person in its address; None where there is none.

    Addresses are kept by browsers and servers, and passed on: numbers are asked for by POST.
    """
    today = clock.today()
    given = request.GET.getlist(key)
    if not any(search.may_be_personal(text, today=today) for text in given):
        return None
    messages.warning(
        request,
        _(
            "Numbers do not belong in an address. Please look for identity numbers, mobile "
            "numbers and codes in the search box at the top."
        ),
    )
    bare = query_with(request.GET, **{key: None}, after=None, before=None).removesuffix("?")
    address = f"{request.path}{bare}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return HttpResponseRedirect(address)


def _filters(query: QueryDict) -> tuple[MemberFilters, str]:
    """What the address asks for; what cannot be read is left out, and said."""
    days = {key: query.get(key, "").strip() for key in ("from", "to")}
    read = {key: read_date(text) if text else None for key, text in days.items()}
    complaint = ""
    if any(isinstance(day, Fault) for day in read.values()):
        complaint = _("A date was not understood and left out. Please write it like 1990-01-02.")
    joined_from, joined_to = read["from"], read["to"]
    return MemberFilters(
        union_id=_id(query.get("union", "")),
        state=_one_of(query.get("state"), (IN_FORCE_FILTER, EVERY_STATE, *MembershipState.values)),
        sex=query.get("sex", "") if query.get("sex") in Sex.values else "",
        new_employment=(
            query.get("work", "") if query.get("work") in ("any", *NewEmployment.values) else ""
        ),
        name=query.get("name", "").strip()[:50],
        joined_from=None if isinstance(joined_from, Fault) else joined_from,
        joined_to=None if isinstance(joined_to, Fault) else joined_to,
    ), complaint


def _id(text: str) -> int | None:
    is_id = text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
    return int(text) if is_id else None


def _one_of(asked: str | None, known: tuple[str, ...]) -> str:
    return asked if asked in known else known[0]


@cache
def _choices(_language: str | None) -> dict[str, list[tuple[str, str]]]:
    """The choices of the filters, in the language active now."""
    every = ("", _("All"))
    choices = {
        "states": [
            (IN_FORCE_FILTER, _("In force")),
            *MembershipState.choices,
            (EVERY_STATE, _("All")),
        ],
        "sexes": [every, (Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label)],
        "groups": [every, ("any", _("Any group")), *NewEmployment.choices],
    }
    return {name: [(str(key), str(word)) for key, word in of] for name, of in choices.items()}


def _new_href(union: Spot | None) -> str:
    if union and union.kind in PRIMARY:
        return reverse("registry:admit", args=[union.id])
    return reverse("registry:new_member")


def _form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {**context, "once_field": once.field(request)}
    return pages.render(request, template, context, status=status_of(context["form"]))
