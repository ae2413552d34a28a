"""A field without a hint names no description."""

from django.urls import reverse


def test_a_field_without_a_hint_points_to_no_description(client, db):
    page = client.get(reverse("account_login")).content.decode()

    assert 'name="login"' in page
    assert 'aria-describedby="None"' not in page
