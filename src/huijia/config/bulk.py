"""`huijia import`: Django made ready, faults told in words."""

from pathlib import Path

import django

django.setup()

from huijia.config.cli.faults import OperatorError  # noqa: E402 - after the set-up
from huijia.core.kernel.errors import NotFound  # noqa: E402
from huijia.registry.public import (  # noqa: E402
    ImportOutcome,
    ReaderGoneError,
    SheetError,
    fault_in_words,
    run_cli_import,
)


def import_sheet(
    kind: str, file: Path, *, union_code: str | None, is_dry_run: bool, report: Path | None
) -> ImportOutcome:
    """Import a file; raises OperatorError with a sentence when it cannot be read at all."""
    try:
        return run_cli_import(
            kind, file, union_code=union_code, is_dry_run=is_dry_run, report=report
        )
    except NotFound as fault:
        raise OperatorError(
            f"There is no union with the code {union_code}."
            if union_code
            else "The register is empty. Begin it with its city federation, then import again: "
            "huijia init --city 330200 (the division code of your city)."
        ) from fault
    except ReaderGoneError as fault:
        raise OperatorError(
            "The process that read the sheet has ended, perhaps for want of memory. What was taken "
            "in stands. Import the same sheet again: what is in already stays as it is."
        ) from fault
    except SheetError as fault:
        raise OperatorError(fault_in_words(fault.code, fault.facts)) from fault
