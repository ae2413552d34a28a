"""What the register calls its fields, acts and refusals, in the reader's language.

Forms, histories and pages use the same words for the same thing; a refusal's code becomes the
sentence that its reader sees.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from huijia.core.kernel.verdict import Verdict
from huijia.core.people.public import Fault
from huijia.core.people.public import sentence as sentence_of_fault
from huijia.registry.choices import MembershipState
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.faults import fault_in_words
from huijia.registry.rules.reasons import Reason, column_in_words, in_words

UNION_FIELDS: Final[dict[str, Any]] = {
    "name": _("Full name"),
    "short_name": _("Short name"),
    "code": _("Union code"),
    "kind": _("Kind"),
    "credit_code": _("Unified social credit code"),
    "division_id": _("Division"),
    "employer_id": _("Employer"),
    "founded_on": _("Founded on"),
    "term_started_on": _("Present term began on"),
    "term_ends_on": _("Present term ends on"),
    "staff_count": _("Workers"),
    "dissolved_on": _("Dissolved on"),
}
FILE_FIELDS: Final[dict[str, Any]] = {
    "approved_by": _("Approved by"),
    "approval_number": _("Number of the approval"),
    "certificate_number": _("Legal-person certificate"),
    "certificate_until": _("Certificate valid until"),
    "election_form": _("Form of the election"),
    "term_number": _("Number of the present term"),
    "economic_type": _("Economic type of the employer"),
    "migrant_members": _("Migrant workers among the members"),
    "full_time_staff": _("Full-time union workers"),
    "has_womens_committee": _("Women workers' committee"),
    "has_audit_committee": _("Audit committee"),
    "has_supervision_committee": _("Labour-law supervision committee"),
    "has_mediation_committee": _("Mediation committee"),
    "has_seal": _("Own seal"),
    "has_own_account": _("Own bank account"),
    "yearly_funds_yuan": _("Funds a year, in yuan"),
    "collective_contract_signed_on": _("Collective contract signed on"),
    "collective_contract_until": _("Collective contract valid until"),
    "collective_contract_reviewed_on": _("Collective contract reviewed by the labour office on"),
    "wage_agreement_until": _("Wage agreement valid until"),
    "congress_number": _("Number of the present workers' congress"),
    "congress_term_ends_on": _("Term of the workers' congress ends on"),
    "congress_last_met_on": _("Workers' congress last met on"),
    "publishes_affairs": _("Publishes the employer's affairs"),
    "model_home_level": _("Model workers' home"),
    "shows_plaque": _("Shows its plaque"),
    "shows_chair": _("Shows who chairs it"),
}
MEMBER_FIELDS: Final[dict[str, Any]] = {
    "name": _("Name"),
    "sex": _("Sex"),
    "birth_date": _("Born on"),
    "paper": _("Kind of identity paper"),
    "number": _("Identity number"),
    "phone": _("Mobile number"),
    "ethnicity": _("Ethnic group"),
    "education": _("Education"),
    "political_status": _("Political status"),
    "household": _("Household register"),
    "union": _("Union"),
    "group_id": _("Union group"),
    "joined_on": _("Joined on"),
    "employer_id": _("Employer"),
    "workplace": _("Workplace"),
    "card_number": _("Member card"),
    "employment": _("Employment"),
    "new_employment": _("Group in new forms of employment"),
    "state": _("State of membership"),
    "on": _("Day"),
    "reason": _("Reason"),
}
OFFICER_FIELDS: Final[dict[str, Any]] = {
    "name": _("Name"),
    "post": _("Post"),
    "is_full_time": _("Full-time"),
    "other_post": _("Other post held"),
    "since": _("Since"),
    "until": _("Until"),
}
AUDIT_FIELDS: Final[dict[str, Any]] = {
    "conflict": _("Conflict"),
    "count": _("How many"),
    "differences": _("Differences"),
    "digest": _("Digest"),
    "ends_on": _("Last day"),
    "factor": _("Which factor"),
    "fault": _("Cause"),
    "grant": _("Grant"),
    "is_masked": _("Numbers masked"),
    "largest": _("Largest difference"),
    "members": _("Members"),
    "new": _("New"),
    "permits": _("Permits"),
    "refused": _("Refused"),
    "role": _("Role"),
    "rows": _("Rows"),
    "seed": _("Seed"),
    "starts_on": _("First day"),
    "unchanged": _("Unchanged"),
    "unions": _("Unions"),
    "updated": _("Updated"),
}
"""What only audit entries name besides the fields of a record."""

SYSTEM_ACTORS: Final[dict[str, Any]] = {
    "anonymous": _("Somebody not signed in"),
    "command line": _("Command line"),
    "demonstration": _("Demonstration"),
    "figures": _("Figures"),
    "huijia init": _("Set-up"),
    "huijia migrate": _("Set-up"),
    "simulation": _("Simulation"),
}
"""Whoever acts without an account, by the name that audit entries and imports keep."""

VERBS: Final[dict[str, Any]] = {
    "found": _("Union founded"),
    "edit": _("Facts changed"),
    "enter": _("Person entered"),
    "import": _("Taken in from a sheet"),
    "file.edit": _("Union file changed"),
    "coverage.begin": _("Began to cover an employer"),
    "coverage.end": _("Ceased to cover an employer"),
    "group.form": _("Group formed"),
    "group.rename": _("Group renamed"),
    "officer.appoint": _("Officer entered"),
    "officer.edit": _("Officer's facts changed"),
    "officer.end": _("Officer's term ended"),
    "membership.admit": _("Admitted as a member"),
    "membership.edit": _("Facts of the membership changed"),
    "membership.member": _("Membership resumed"),
    "membership.retained": _("Membership retained"),
    "membership.left": _("Left the union"),
    "membership.expelled": _("Expelled"),
    "membership.deceased": _("Ended by death"),
    "membership.withdrawn": _("Withdrawn as entered by mistake"),
    "orgs.union.found": _("Founded a union"),
    "orgs.union.edit": _("Changed a union"),
    "orgs.employer.enter": _("Entered an employer"),
    "orgs.coverage.begin": _("Let a union cover an employer"),
    "orgs.coverage.end": _("Ended a union's coverage of an employer"),
    "registry.union_file.edit": _("Changed a union's file"),
    "registry.group.form": _("Formed a group"),
    "registry.group.rename": _("Renamed a group"),
    "registry.officer.appoint": _("Entered an officer"),
    "registry.officer.edit": _("Changed an officer's facts"),
    "registry.officer.end": _("Ended an officer's term"),
    "registry.membership.admit": _("Admitted a member"),
    "registry.membership.change_state": _("Changed the state of a membership"),
    "registry.member.edit": _("Changed a member's facts"),
    "registry.identity.reveal": _("Looked at a sealed number"),
    "registry.import.give_in": _("Gave in a sheet"),
    "registry.import.judging": _("Had a sheet checked"),
    "registry.import.judge": _("A sheet was checked"),
    "registry.import.merging": _("Confirmed a sheet"),
    "registry.import.cancel": _("Cancelled an import"),
    "registry.import.merge": _("Took in a sheet"),
    "registry.import.stop": _("Import stopped: mostly duplicates or conflicts"),
    "registry.import.fail": _("Import given up"),
    "registry.import.download": _("Downloaded a report"),
    "people.account.open": _("Opened an account"),
    "people.account.close": _("Closed an account"),
    "people.account.reopen": _("Opened an account again"),
    "people.account.change-password": _("Changed a password"),
    "people.account.give-password": _("Gave a new password"),
    "access.account.lock": _("Account locked after failed sign-ins"),
    "access.grant.give": _("Gave a role"),
    "access.grant.end": _("Ended a role"),
    "access.role.install": _("Installed a role"),
    "access.second-factor.set-up": _("Set up a second factor"),
    "access.second-factor.reset": _("Reset a second factor"),
    "access.second-factor.renew-recovery-codes": _("Renewed recovery codes"),
    "access.session.sign-in": _("Signed in"),
    "access.session.sign-out": _("Signed out"),
    "access.session.fail": _("Sign-in failed"),
    "access.session.end-all": _("Ended all sessions of an account"),
    "access.session.end-others": _("Ended the other sessions"),
    "orgs.divisions.load": _("Loaded the divisions"),
    "simulation.load": _("Loaded a simulated city"),
    "figures.recounted": _("Recounted the figures"),
}
"""Acts in histories (short codes) and in audit entries (with the capability's name)."""

CHANGES: Final[dict[str, Any]] = {
    MembershipState.MEMBER: _("Resume the membership"),
    MembershipState.RETAINED: _("Retain the membership"),
    MembershipState.LEFT: _("The member leaves"),
    MembershipState.EXPELLED: _("The member is expelled"),
    MembershipState.DECEASED: _("The member has died"),
    MembershipState.WITHDRAWN: _("Withdraw: entered by mistake"),
}
"""What an officer does when a membership goes to a state."""

PERMITS: Final[dict[str, Any]] = {
    RegistryPermit.UNION_EDIT: _("Your role does not include changing this union."),
    RegistryPermit.MEMBER_VIEW: _("Your role does not include seeing members here."),
    RegistryPermit.MEMBER_EDIT: _("Your role does not include changing members here."),
    RegistryPermit.IDENTITY_REVEAL: _("Your role does not include seeing full numbers here."),
}
REFUSALS: Final[dict[str, Any]] = {
    "not-permitted": _("Your role does not include this step."),
    "changed-meanwhile": _(
        "Somebody else has changed this meanwhile. What you typed is still here: compare it with "
        "the present facts, which a new tab shows, and save again."
    ),
    "parent-dissolved": _("The union above has been dissolved."),
    "tree-too-deep": _("Unions stand on at most %(deepest)s levels."),
    "only-a-city-at-the-top": _("Only a city federation stands at the top."),
    "kind-not-below-parent": _("A union of this kind cannot stand here in the tree."),
    "union-code-taken": _("This union code is already in use. Please choose another."),
    "credit-code-taken": _("This credit code already belongs to another record."),
    "credit-code-not-of-union": _(
        "A trade union's credit code begins with 8. This one belongs to another kind of "
        "organisation."
    ),
    "covered-by-another": _(
        "The employer is already covered by a union on that day. The union above both can decide."
    ),
    "ends-before-it-began": _("The last day lies before the first."),
    "group-name-taken": _("There is already a group of this name."),
    "federation-has-no-members": _(
        "Federations have unions below them. Members join a primary union."
    ),
    "union-has-members": _(
        "This union has members of its own. A federation has none: please transfer them first."
    ),
    "union-dissolved": _("This union has been dissolved and takes no new members."),
    "already-member": _("This person is already a member, in %(union)s."),
    "person-decided-above": _(
        "This person cannot be entered here just now. The superior union decides: please tell it "
        "that you wish to admit this person."
    ),
    "membership-ended": _("This membership has ended. Who joins again is admitted anew."),
    "state-does-not-follow": _("This step does not follow from the present state."),
    "day-in-the-future": _("The day lies in the future."),
    "day-before-joining": _("The day lies before the day of joining."),
    "reason-needed": _("Please say in a few words why you need to see it."),
    "import-not-checked-yet": _(
        "The sheet is still being checked, and nothing was taken in. Please look at what the check "
        "finds first; this page shows it in a moment."
    ),
    "import-not-in-that-state": _(
        "This step is no longer open: the import has gone on meanwhile. This page shows how it "
        "stands."
    ),
    "number-in-reason": _(
        "Please give the reason without long numbers: identity and mobile numbers must not stand "
        "in the record."
    ),
}
"""Sentences by reason code; those of a person's facts are in `people.SENTENCES`."""


def sentence(verdict: Verdict) -> str:
    """Why something was refused, in the language active now; nothing for what is allowed."""
    if verdict:
        return ""
    permit = str(verdict.facts.get("permit", ""))
    if verdict.reason == "not-permitted" and permit in PERMITS:
        return str(PERMITS[permit])
    if verdict.reason in REFUSALS:
        return str(REFUSALS[verdict.reason]) % dict(verdict.facts)
    if verdict.reason in set(Fault):
        return sentence_of_fault(Fault(verdict.reason))
    return str(REFUSALS["not-permitted"])


def field(name: str) -> str:
    """A field in words, whatever it is a field of; its name where no words are known."""
    for known in (MEMBER_FIELDS, UNION_FIELDS, FILE_FIELDS, OFFICER_FIELDS, AUDIT_FIELDS):
        if name in known:
            return str(known[name])
    return name


def actor(name: str) -> str:
    """Who acted: an officer by name, the system by what it was doing."""
    return str(SYSTEM_ACTORS.get(name, name))


def verb(code: str) -> str:
    """An act in words; its code where no words are known."""
    return str(VERBS.get(code, code))


def fault(code: str, facts: Mapping[str, Any]) -> str:
    """Why a whole sheet cannot be taken."""
    return fault_in_words(code, facts)


def reason(reason: Reason) -> str:
    """Why a row of a sheet ended as it did."""
    return in_words(reason)


def column(name: str) -> str:
    """What a column of a sheet is called."""
    return column_in_words(name)
