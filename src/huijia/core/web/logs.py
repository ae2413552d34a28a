"""Log lines: one JSON object each, in UTC, with the request's reference; no line breaks inside."""

import logging
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger


def formatter(*, pretty: bool = False, **_: Any) -> logging.Formatter:
    """A formatter for the standard library's handlers; `pretty` is for a developer's terminal."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer()
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *([] if pretty else [fault_without_values]),
            renderer,
        ],
    )


def fault_without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace a traceback by its types and places: messages of faults can carry people's values."""
    fault = event.pop("exc_info", None)
    if fault and isinstance(fault, tuple) and fault[0] is not None:
        event["fault"] = fault[0].__name__
        event["at"] = _places(fault[2])
    return event


def _places(trace: Any) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
