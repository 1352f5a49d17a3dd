"""The torch that the native module was built with, and the one that is there. Neither is imported here."""
import importlib.util
import pathlib
import re

from tvts import _built_with


def installed() -> str:
    """The version of the torch that `import torch` would take, "" where there is none."""
    found = importlib.util.find_spec("torch")
    if found is None or not found.submodule_search_locations:
        return ""
    version = pathlib.Path(found.submodule_search_locations[0], "version.py")
    stated = re.search(r"^__version__\s*=\s*['\"]([^'\"]+)", version.read_text(), re.MULTILINE) if version.exists() else None
    return stated[1] if stated else ""


def check_torch() -> None:
    """Raises ImportError unless the installed torch is of the minor version that the native module was built with."""
    wanted, found = _built_with.TORCH, installed()
    minor = ".".join(wanted.split(".")[:2])
    if not found.startswith(minor + "."):
        raise ImportError(f"tvts was built with torch {wanted} and finds {'torch ' + found if found else 'no torch'}; run "
                          f"pip install 'torch=={minor}.*', or build tvts again beside the torch that you want")
