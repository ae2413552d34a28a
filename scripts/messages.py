"""Collects messages into the catalogues of each package, and compiles them.

Each package carries its own catalogue, so that it can be read or moved with its words. Messages
are looked for in Python and in Jinja templates. With `--compile` only the .mo files are written.
"""

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path("src/huijia")
MAPPING = """
[python: **.py]
[jinja2: **/jinja2/**.html]
encoding = utf-8
trimmed = true
newstyle_gettext = true
silent = false
[jinja2: **/jinja2/**.txt]
encoding = utf-8
"""


def packages() -> list[Path]:
    """Folders of packages that carry a catalogue."""
    return sorted(path.parent for path in PACKAGE.glob("**/locale"))


def babel(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *arguments], check=True)


def collect(package: Path) -> None:
    """Bring the catalogue of one package up to date."""
    mapping, template = Path(".venv/stamps/babel.cfg"), Path(".venv/stamps/messages.pot")
    mapping.parent.mkdir(exist_ok=True)
    mapping.write_text(MAPPING)
    nested = [str(other) for other in packages() if package in other.parents]
    ignored = [argument for folder in nested for argument in ("--ignore-dirs", Path(folder).name)]
    babel(
        "-q", "extract", "-F", str(mapping), "-o", str(template), "--no-location",
        "-k", "gettext", "-k", "gettext_lazy", "-k", "_", "-k", "ngettext:1,2",
        "-k", "pgettext:1c,2", "-k", "pgettext_lazy:1c,2", "--ignore-dirs", "tests", "--omit-header",
        *ignored, str(package),
    )  # fmt: skip
    for language in ("zh_Hans",):
        file = package / "locale" / language / "LC_MESSAGES" / "django.po"
        verb = "update" if file.exists() else "init"
        extra = ("--no-fuzzy-matching", "--ignore-obsolete") if verb == "update" else ()
        file.parent.mkdir(parents=True, exist_ok=True)
        babel("-q", verb, "-i", str(template), "-o", str(file), "-l", language, "-w", "100", *extra)


def compile_all() -> None:
    """Write the .mo file beside each catalogue."""
    for source in PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)


if __name__ == "__main__":
    if "--compile" not in sys.argv:
        for each in packages():
            collect(each)
    compile_all()
