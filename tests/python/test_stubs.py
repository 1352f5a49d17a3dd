"""The stub of the native module beside the module itself, and the package as mypy reads it."""
import ast
import pathlib
import re
import subprocess
import sys

import pytest

import tvts
from tvts._engine import _native

PACKAGE = pathlib.Path(tvts.__file__).parent


def stated():
    """{name: kind of thing, or names of arguments} of the stub, "Class.name" for what is in one."""
    found = {}

    def take(body, prefix):
        for node in body:
            if isinstance(node, ast.FunctionDef):
                decorators = {ast.unparse(each) for each in node.decorator_list}
                arguments = [each.arg for each in node.args.args if each.arg != "self"]
                found[prefix + node.name] = "value" if "property" in decorators else arguments
            elif isinstance(node, ast.ClassDef):
                found[node.name] = "class"
                take(node.body, f"{node.name}.")
            elif isinstance(node, ast.AnnAssign):
                found[prefix + node.target.id] = "value"

    take(ast.parse((PACKAGE / "_native.pyi").read_text()).body, "")
    return found


def arguments_of(function):
    """As pybind11 writes them into the docstring."""
    signature = re.match(r"\w+\((.*)\) ->", function.__doc__.splitlines()[0])[1]
    names = re.findall(r"(?:^|, )(\w+): ", re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", signature)))
    return [name for name in names if name != "self"]


def there():
    found = {}

    def take(holder, prefix):
        for name, thing in vars(holder).items():
            if (name.startswith("_") and name != "__init__") or (holder is _native.Unreadable):
                continue
            if isinstance(thing, type):
                found[name] = "class"
                take(thing, f"{name}.")
            elif isinstance(thing, (property, str)):
                found[prefix + name] = "value"
            elif name != "__init__" or "(self: " in (thing.__doc__ or ""):
                found[prefix + name] = arguments_of(thing.__func__ if isinstance(thing, staticmethod) else thing)

    take(_native, "")
    return found


def test_the_stub_names_what_there_is():
    wanted, found = stated(), there()
    assert {name: wanted[name] for name in wanted if name not in found} == {}, "in the stub alone"
    assert {name: found[name] for name in found if name not in wanted} == {}, "in the module alone"
    assert {name: (wanted[name], found[name]) for name in found if wanted[name] != found[name]} == {}, "stub, module"


def test_each_public_name_is_there():
    assert sorted([*tvts._HOMES, *tvts._MODULES]) == sorted(tvts.__all__)
    for name in tvts.__all__:
        assert getattr(tvts, name).__doc__, name


def test_mypy_accepts_the_package_and_a_program(tmp_path):
    pytest.importorskip("mypy")
    program = tmp_path / "program.py"
    program.write_text("import tvts\nmodel = tvts.load()\nfound = model.embed_videos('a.mp4', window=2.0, on_error='skip')\n"
                       "reveal_type(found.vectors)\nreveal_type(found.rows[0].start)\nmodel.embed_videos('a.mp4', windw=2)\n")
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context",
                           "--cache-dir", str(tmp_path / "cache"), str(program)],
                          capture_output=True, text=True, env={"MYPYPATH": str(PACKAGE.parent), "PATH": ""}, cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert len(lines) == 4, done.stdout + done.stderr
    assert "numpy.ndarray" in lines[0] and "32" in lines[0]
    assert 'Revealed type is "float"' in lines[1] or "builtins.float" in lines[1]
    assert 'Unexpected keyword argument "windw"' in lines[2]
    checked = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--no-error-summary",
                              "--cache-dir", str(tmp_path / "cache"), *map(str, typed_modules())],
                             capture_output=True, text=True, env={"MYPYPATH": str(PACKAGE.parent), "PATH": ""}, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def typed_modules():
    """All but the launcher's."""
    return [path for path in sorted(PACKAGE.glob("*.py")) if path.stem not in ("pretrain", "meeting", "ranks")]
