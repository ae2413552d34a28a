"""The registry's door."""

from huijia.registry.actions.command_line import ImportOutcome as ImportOutcome
from huijia.registry.actions.command_line import run_cli_import as run_cli_import
from huijia.registry.actions.importing.readers import ReaderGoneError as ReaderGoneError
from huijia.registry.choices import IN_FORCE as IN_FORCE
from huijia.registry.choices import MembershipState as MembershipState
from huijia.registry.events import Levels as Levels
from huijia.registry.events import MembershipsChanged as MembershipsChanged
from huijia.registry.events import MembershipTally as MembershipTally
from huijia.registry.events import UnionsChanged as UnionsChanged
from huijia.registry.events import UnionTally as UnionTally
from huijia.registry.models import Membership as Membership
from huijia.registry.permits import RegistryPermit as RegistryPermit
from huijia.registry.queries.waiting import WaitingImport as WaitingImport
from huijia.registry.queries.waiting import imports_to_confirm as imports_to_confirm
from huijia.registry.rules.faults import fault_in_words as fault_in_words
from huijia.registry.sheets.kinds import SheetError as SheetError

__all__ = [
    "IN_FORCE",
    "ImportOutcome",
    "Levels",
    "Membership",
    "MembershipState",
    "MembershipTally",
    "MembershipsChanged",
    "ReaderGoneError",
    "RegistryPermit",
    "SheetError",
    "UnionTally",
    "UnionsChanged",
    "WaitingImport",
    "fault_in_words",
    "imports_to_confirm",
    "run_cli_import",
]
