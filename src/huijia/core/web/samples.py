"""Invented values that the gallery shows its components with."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huijia.core.web.listing import Header, Page

AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As on the identity card."),
        max_length=50,
    )
    joined_on = forms.DateField(
        label=gettext_lazy("Date of joining"), widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of union"),
        choices=[
            ("enterprise", gettext_lazy("Enterprise union")),
            ("joint", gettext_lazy("Joint union")),
        ],
    )
    work = forms.ChoiceField(
        label=gettext_lazy("Work"),
        widget=forms.RadioSelect,
        choices=[("rider", gettext_lazy("Rider")), ("driver", gettext_lazy("Driver"))],
    )
    is_told = forms.BooleanField(label=gettext_lazy("The member has been told"))
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    sheet = forms.FileField(label=gettext_lazy("Sheet of members"), required=False)


def everything() -> dict[str, Any]:
    """The context of the gallery."""
    return {
        "at": AT,
        "chart_data": chart_data(),
        "empty_form": SampleForm(auto_id="new_%s"),
        "history": history(),
        "line_data": line_data(),
        "sample_navigation": navigation(),
        "page": Page(rows(), previous=None, next="?after=x", first="?", size=50),
        "refused_form": refused_form(),
        "sorts": {"name": Header("?sort=-name", "ascending"), "joined": Header("?sort=joined", "")},
        "sample_account": {
            "name": "陈静",
            "role": _("Officer of a town"),
            "organisation": "海曙区石碶街道总工会",
            "sign_out": "#",
        },
    }


def rows() -> list[dict[str, Any]]:
    """Members that do not exist."""
    return [
        {
            "name": name,
            "union": union,
            "joined_on": dt.date(2021 + at, 3 + at, 8),
            "state": state,
            "members": 1280 * (at + 1),
        }
        for at, (name, union, state) in enumerate(
            [
                ("阿依古丽·买买提", "宁波远航纺织有限公司工会", "good"),
                ("陈建国", "石碶街道外卖配送行业联合工会", "warn"),
                ("李小雨", "海曙区环卫集团工会", "quiet"),
                ("王志强", "宁波甬辉精密机械有限公司工会", "bad"),
            ]
        )
    ]


def history() -> list[dict[str, Any]]:
    """Steps of a membership."""
    return [
        {
            "at": AT,
            "title": _("Moved to another union"),
            "by": "陈静",
            "text": _("The member changed employer.\nThe union card stays the same."),
            "kind": "note",
        },
        {"at": dt.date(2023, 5, 4), "title": _("Details mended"), "by": "周敏"},
        {"at": dt.date(2021, 3, 8), "title": _("Joined"), "by": _("import"), "kind": "good"},
    ]


def chart_data() -> dict[str, Any]:
    """Members by district."""
    values = [412_380, 201_442, 388_120, 190_006, 702_911, 163_870]
    labels = ["海曙区", "江北区", "北仑区", "镇海区", "鄞州区", "奉化区"]
    return {
        "labels": labels,
        "series": [{"name": _("Members"), "values": values}],
    }


def line_data() -> dict[str, Any]:
    """Joins by month, two years."""
    return {
        "labels": [_("Month %(number)s") % {"number": month} for month in range(1, 11)],
        "series": [
            {"name": "2026", "values": [820, 760, 1430, 1290, 1710, 1650, 1580, 1490, 1902, 1744]},
            {"name": "2025", "values": [610, 640, 1180, 1210, 1190, 1320, 1250, 1300, 1410, 1377]},
        ],
    }


def navigation() -> list[dict[str, Any]]:
    """A menu such as an officer of a town has: (label of the group, its links)."""
    groups = [
        ("", [(_("Today"), "home"), (_("Gallery"), "star")]),
        (
            _("Register"),
            [(_("Unions"), "sitemap"), (_("Members"), "users"), (_("Imports"), "file-import")],
        ),
        (_("Oversight"), [(_("Record of acts"), "history"), (_("Roles"), "shield-lock")]),
    ]
    return [
        {
            "label": title,
            "items": [
                {"label": label, "url": "#", "icon": icon, "active": icon == "star"}
                for label, icon in links
            ],
        }
        for title, links in groups
    ]


def refused_form() -> SampleForm:
    """The form after a mistake: what was typed is still in it."""
    form = SampleForm(
        {"name": "", "joined_on": "2026-13-40", "kind": "joint", "note": "…"}, auto_id="bad_%s"
    )
    form.is_valid()
    return form
