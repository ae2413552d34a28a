"""Fields and messages of the sign-in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from huijia.core.access import attempts, second_factor, traces
from huijia.core.kernel import clock
from huijia.core.people.public import accounts

LONGEST_PASSWORD = 128
"""Far above what anybody types; hashing megabytes would be a way to tire the server."""
CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autofocus": True,
    "spellcheck": "false",
}


def _password(form: forms.Form, name: str, label: Any, *, focus: bool = False) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["maxlength"] = LONGEST_PASSWORD
    if focus:
        field.widget.attrs["autofocus"] = True


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("User name")
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }
        _password(self, "password", _("Password"))

    def clean_login(self) -> str:
        """The name as it is kept."""
        return accounts.name_as_kept(self.cleaned_data["login"])


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password", _("Password"), focus=True)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "oldpassword", _("Present password"), focus=True)
        _password(self, "password1", _("New password"))
        _password(self, "password2", _("New password once more"))
        self.fields["password1"].help_text = _(
            "At least 8 characters; a short sentence is easy to keep in mind and hard to guess."
        )

    def clean_oldpassword(self) -> str:
        """The old password, its failures counted like those of the sign-in."""
        given: str = self.cleaned_data["oldpassword"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, given):
            raise adapter.validation_error("enter_current_password")
        return given


class CodeInput(forms.TextInput):
    """Shown empty again: a code that did not fit will not fit a second time."""

    def format_value(self, value: Any) -> None:
        """Nothing."""


class CodeField(forms.CharField):
    """A code from an authenticator app, or a recovery code; blanks between digits are fine."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=CodeInput(attrs=dict(CODE_ATTRIBUTES)), **kwargs)

    def to_python(self, value: Any) -> str:
        """The digits."""
        return "".join(str(super().to_python(value)).split())


class CodeOnce:
    """Counts the try, and spends the code."""

    def clean_code(self) -> str:
        """The code, if it fits. Raises TooOften."""
        request, at = context.request, clock.now()
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        account = self.user  # type: ignore[attr-defined]
        attempt = attempts.at_code(request, account.username, at=at)
        authenticator = second_factor.accepted(account, code, at=at)
        if authenticator is None:
            traces.failed(account.username, "code", at=at, locked=attempt.is_last)
            raise get_adapter().validation_error("incorrect_code")
        attempt.take_back()
        self.authenticator = authenticator
        return code


class SecondFactorForm(CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """The second step of the sign-in."""

    code = CodeField(label=_("Code"))


class ConfirmCodeForm(CodeOnce, ReauthenticateByCodeForm):  # type: ignore[misc]
    """A code once more."""

    code = CodeField(label=_("Code"))


class SetUpForm(forms.Form):
    """The first code of an authenticator app, which proves that the secret arrived there."""

    code = CodeField(label=_("Code shown by the app"))

    def __init__(self, *args: Any, account: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.secret = account, secret

    def clean_code(self) -> str:
        """The code, if it belongs to the new secret. Raises TooOften."""
        request, at = context.request, clock.now()
        attempt = attempts.at_code(request, self.account.username, at=at)
        code: str = self.cleaned_data["code"]
        if not second_factor.spend(self.account, self.secret, code, at=at):
            raise forms.ValidationError(
                _(
                    "This is not the code that belongs to the picture above. Please check that the "
                    "time of your phone is right, wait for the next code, and type that."
                )
            )
        attempt.take_back()
        return code
