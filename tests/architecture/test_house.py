"""The house's rules that the import linter cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "huijia"
FLOORS = [
    "kernel", "web", "vault", "requests", "audit", "policy", "people", "orgs", "access", "jobs",
    "files", "registry", "insight", "journeys",
]  # fmt: skip
BANNED_NAMES = {"utils.py", "helpers.py", "misc.py", "common.py", "signals.py"}
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create",
    "update_or_create",
}  # fmt: skip


def modules():
    """Every module of the product, without tests and migrations."""
    return [
        path
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts
    ]


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("huijia.")]


def test_every_package_has_its_floor():
    labels = {
        config.label for config in apps.get_app_configs() if config.name.startswith("huijia.")
    }

    assert labels <= set(FLOORS)


def test_relations_point_down_or_stay_at_home():
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if field.related_model.__module__.startswith("huijia.")
        if FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(model._meta.app_label)
    ]

    assert upward == []


def test_no_module_is_a_catch_all():
    assert [str(path) for path in modules() if path.name in BANNED_NAMES] == []


def test_no_module_listens_to_model_signals():
    receivers = [
        str(path)
        for path in modules()
        if re.search(r"post_save|pre_save|post_delete|@receiver", path.read_text())
    ]

    assert receivers == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(PACKAGE))
        for path in modules()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def writes_of(path):
    """Calls of `.objects.<write>` or `.save(` in a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        is_save = node.func.attr == "save" and not node.args
        if is_save or (node.func.attr in WRITES and ".objects" in ast.unparse(node.func.value)):
            yield f"{path.relative_to(PACKAGE)}:{node.lineno} {ast.unparse(node.func)}"


MAY_WRITE = re.compile(r"(^|/)actions(/|\.py$)|^config/|^core/access/sessions\.py$|^core/requests/")


def test_only_actions_write():
    found = [
        write
        for path in modules()
        if not MAY_WRITE.search(str(path.relative_to(PACKAGE)))
        for write in writes_of(path)
    ]

    assert found == []


@pytest.mark.parametrize("path", [p for p in modules() if p.name == "models.py"], ids=str)
def test_models_have_no_save_of_their_own(path):
    overridden = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean"}
    ]

    assert overridden == []


def templates():
    return sorted(PACKAGE.rglob("jinja2/**/*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_no_inline_script_or_style_and_no_other_host(path):
    text = path.read_text()

    assert not re.search(r"<script(?![^>]*(src=|application/json))", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"(src|href|action)=\"https?://(?!beian)", text)


# Where this checkout and its owner live, and where packages come from.
FOREIGN = "|".join(
    [
        re.escape(f"{PACKAGE.parents[1]}/"),
        re.escape(f"{Path.home()}/"),
        r"/home/[a-z]+/",
        r"registry\.npmjs",
        r"files\.pythonhosted",
    ]
)


def test_the_project_speaks_of_itself_alone():
    found = [
        str(path)
        for folder in ("src", "docs", "tests", "scripts", "bench", "assets")
        for path in (PACKAGE.parents[1] / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".md", ".html", ".js", ".mjs", ".css", ".sh"}
        if "node_modules" not in path.parts and "bundle" not in path.parts
        if re.search(FOREIGN, path.read_text())
        if path != Path(__file__).resolve()
    ]

    assert found == []
