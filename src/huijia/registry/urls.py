"""Addresses of the register, under `/desk/`."""

from django.urls import URLPattern, URLResolver

app_name = "registry"
DESK: list[URLPattern | URLResolver] = []
IMPORTS: list[URLPattern | URLResolver] = []
urlpatterns = [*DESK, *IMPORTS]
