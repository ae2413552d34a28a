"""Messages of Django's forms that Huijia says in its own words in Chinese.

Nothing uses this list: it only keeps the messages in the catalogue of this package, where the
application's translation wins over Django's.
"""

from django.utils.translation import gettext_lazy as _

OURS = (
    _("This field is required."),
    _("Enter a valid date."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("No file was submitted. Check the encoding type on the form."),
    _("No file was submitted."),
    _("The submitted file is empty."),
    _("Null characters are not allowed."),
)
