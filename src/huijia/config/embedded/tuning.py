"""Settings of the server: for a laptop up to a small city, and for logs without persons."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import psutil

MEBIBYTE = 1024 * 1024
ROOMY_DISK = 16 * 1024 * MEBIBYTE
ROOMY_SHARED_MEMORY = 256 * MEBIBYTE


def memory_of_machine() -> int:
    """Bytes of memory we may count on: of the machine, or of the container if less."""
    total = int(psutil.virtual_memory().total)
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return total
    return min(total, int(limit)) if limit.isdigit() else total


def shared_buffers(memory: int) -> int:
    """Mebibytes: a twelfth of memory, at least 128, at most 2048."""
    return max(128, min(2048, memory // 12 // MEBIBYTE))


def _write_ahead(data: Path) -> str:
    """Room for the log of a bulk load; less where the disk is small."""
    free = shutil.disk_usage(data).free
    return "4GB" if free > ROOMY_DISK else f"{max(160, free // 4 // MEBIBYTE)}MB"


def _dynamic_memory() -> str:
    """Containers often have a /dev/shm of 64 MB, too little for parallel queries."""
    shared = Path("/dev/shm")  # noqa: S108  # only its size is asked
    if shared.exists() and shutil.disk_usage(shared).total < ROOMY_SHARED_MEMORY:
        return "mmap"
    return "posix"


def settings(*, data: Path, log: Path, socket_dir: Path, hba: Path) -> dict[str, str]:
    """All settings that differ from PostgreSQL's own.

    Errors carry the rows they refuse (identity numbers, phones), so the log takes neither
    statements, parameters, details nor the messages of refused statements: the application
    that sent a statement hears its error, the log hears of the server's own life only.
    """
    memory = memory_of_machine()
    return {
        "hba_file": str(hba),
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(socket_dir),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "shared_buffers": f"{shared_buffers(memory)}MB",
        "effective_cache_size": f"{max(256, memory // 2 // MEBIBYTE)}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "dynamic_shared_memory_type": _dynamic_memory(),
        "huge_pages": "off",
        "jit": "off",
        "random_page_cost": "1.1",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        # The log has room; pressing a page into it costs more than twice what writing it does.
        "wal_compression": "off",
        "max_wal_size": _write_ahead(data),
        "checkpoint_timeout": "15min",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C.UTF-8",
        "logging_collector": "on",
        "log_destination": "stderr",
        "log_directory": str(log),
        "log_filename": "postgresql-%a.log",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "log_file_mode": "0600",
        "log_line_prefix": "%m [%p] %u@%d ",
        "log_min_messages": "log",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_min_duration_statement": "-1",
        "log_min_duration_sample": "-1",
        "log_transaction_sample_rate": "0",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }


def as_text(chosen: Mapping[str, str]) -> str:
    """The settings as a configuration file, with what it is and where to change it."""
    head = "# Written at every start. Put changes of your own into local.conf beside this file.\n"
    lines = (f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in chosen.items())
    return head + "\n".join(lines) + "\ninclude_if_exists = 'local.conf'\n"
