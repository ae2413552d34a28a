"""Addresses of the sign-in and of one's own account.

The names are those that allauth looks up. Only what officers need of it is mounted: there is no
sign-up, no mail, no reset by mail, and no switching the second factor off.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import URLPattern, URLResolver, path

from huijia.core.access.areas import account_page
from huijia.core.access.views import accounts, second_factors, signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/code/", signing_in.code, name="mfa_authenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", accounts.home, name="account_home"),
    path(
        "account/password/", account_page(account.password_change), name="account_change_password"
    ),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/", second_factors.set_up, name="mfa_activate_totp"),
    path("account/recovery-codes/", second_factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/sign-out-elsewhere/", accounts.sign_out_elsewhere, name="sign_out_elsewhere"),
]
