"""Migrations follow the models, are named, and import nothing of the application but privileges."""

import re
from io import StringIO
from pathlib import Path

from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "huijia"
MAY_IMPORT = re.compile(r"huijia\.(core\.kernel\.migrations|core\.orgs\.fields)")


def migrations():
    return list(PACKAGE.rglob("migrations/0*.py"))


def test_models_have_no_change_without_a_migration(db):
    output = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=output)

    assert "No changes" in output.getvalue()


def test_migrations_are_named_for_what_they_do():
    assert [
        str(path) for path in migrations() if re.search(r"_auto_\d|\d{4}\.py$", path.name)
    ] == []


def test_migrations_form_one_line_in_each_package():
    for folder in {path.parent for path in migrations()}:
        numbers = sorted(path.name[:4] for path in folder.glob("0*.py"))
        assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)], folder


def test_migrations_do_not_import_the_application():
    imports = [
        f"{path}: {line}"
        for path in migrations()
        for line in path.read_text().splitlines()
        if line.startswith(("import huijia", "from huijia")) and not MAY_IMPORT.search(line)
    ]

    assert imports == []
