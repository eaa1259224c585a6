"""The stubs say what the native module says: editors show the one, help() the other."""

import ast
import inspect
from pathlib import Path
from typing import Any

from agora_token import _native

PACKAGE = Path(_native.__file__).parent
STUBS = ["_native.pyi", "_values.pyi", "generated/builders.pyi", "generated/services.pyi"]


def documented(body: list[ast.stmt], owner: Any, path: str) -> int:
    """Compares every comment below, and gives their number."""
    count = 0
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("__") or is_setter(node):
            continue
        is_overload = any(ast.unparse(decorator) == "overload" for decorator in node.decorator_list)
        if is_overload and ast.get_docstring(node) is None:
            continue  # The first of them has the comment.
        value = getattr(owner, node.name)
        name = f"{path}.{node.name}"
        assert ast.get_docstring(node) == inspect.getdoc(value), name
        assert ast.get_docstring(node), f"{name} has no comment"
        count += 1
        if isinstance(node, ast.ClassDef):
            count += documented(node.body, value, name)
    return count


def is_setter(node: ast.ClassDef | ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).endswith(".setter") for decorator in node.decorator_list)


def test_every_comment_is_the_native_one() -> None:
    modules = [ast.parse((PACKAGE / stub).read_text(encoding="utf-8")) for stub in STUBS]
    assert ast.get_docstring(modules[0]) == inspect.getdoc(_native)
    assert sum(documented(module.body, _native, "_native") for module in modules) > 120
    stubs = {str(stub.relative_to(PACKAGE)) for stub in PACKAGE.rglob("*.pyi")}
    assert stubs == set(STUBS)


def test_the_package_is_marked_as_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
