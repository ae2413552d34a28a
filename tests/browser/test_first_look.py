"""A newcomer's first minute."""

from tests.browser.conftest import serious_violations


def test_an_officer_signs_in_with_the_second_factor_and_reads_true_figures(sign_in):
    page = sign_in("city")

    page.goto("/desk/")

    assert "1,500" in page.inner_text("main")
    assert serious_violations(page) == []
