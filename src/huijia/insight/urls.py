"""Addresses of the figures, below `/desk/`."""

from django.urls import path

from huijia.insight.views import home

app_name = "insight"
urlpatterns = [
    path("", home.home, name="home"),
    path("figures/<int:union_id>/", home.node, name="figures"),
]
