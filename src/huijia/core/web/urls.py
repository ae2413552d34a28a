"""Addresses that belong to no capability: the front page, help, privacy, language, gallery."""

from django.urls import path
from django.views.i18n import set_language

from huijia.core.web import views

urlpatterns = [
    path("", views.front, name="front"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("language/", set_language, name="set_language"),
    path("desk/gallery/", views.gallery, name="gallery"),
]
