"""The project's pages and the references of its C++ and Python interfaces as one site. Run by tools/make_site, from the root."""
import pathlib
import posixpath
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "docs/site"), str(ROOT / "python")]
from docstrings import to_rst  # noqa: E402

project = "tvts"
version = re.search(r"project\(tvts VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
html_title = f"tvts {version}"
extensions = ["myst_parser", "breathe", "sphinx.ext.autodoc"]
root_doc = "README"
include_patterns = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/**", "tests/golden/README.md"]
exclude_patterns = [".*", "build*", "demo", "shared", "tvts", "cli", "bench", "fuzz", "python", "examples", "share"]
myst_heading_anchors = 4
nitpicky = True
# Namespaces have no entry of their own; State is declared in the header and defined inside the library; at is libtorch.
nitpick_ignore = [("cpp:identifier", name) for name in ("tvts", "State", "at", "at::Tensor")]
breathe_projects = {"tvts": str(ROOT / "build/site-parts/doxygen")}
breathe_default_project = "tvts"
breathe_show_include = False
# The package's sources are read where nothing is built or installed.
autodoc_mock_imports = ["numpy", "torch", "typing_extensions", "tvts._built_with", "tvts._native", "tvts._torch"]
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_preserve_defaults = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types of numpy and torch have no entry here
smartquotes = False
highlight_language = "none"
html_theme = "furo"
html_extra_path = ["index.html"]
html_copy_source = False
html_show_sphinx = False


def sections(index):
    """(title, documents) of each list in docs/index.md, the decisions apart."""
    found = [("Reference", ["docs/index", "docs/site/api", "docs/site/python-api", "tests/golden/README", "CHANGELOG"])]
    decisions = []
    for block in index.strip().split("\n\n")[1:]:
        links = re.findall(r"\]\(([\w./-]+)\.md\)", block)
        decisions += [f"docs/{link}" for link in links if link.startswith("decisions/")]
        found.append((block.splitlines()[0], [posixpath.normpath(f"docs/{link}") for link in links if not link.startswith("decisions/")]))
    return found + [("Decisions", decisions)]


def add_contents(_, document, text):
    """The first page carries the list of all pages, for the side bar."""
    if document == root_doc:
        for title, documents in sections((ROOT / "docs/index.md").read_text()):
            text[0] += "\n\n```{toctree}\n:hidden:\n:caption: " + "\n".join([title, "", *documents]) + "\n```\n"


def plain_docstring(_, what, name, thing, options, lines):
    lines[:] = to_rst(lines)


def setup(app):
    app.connect("autodoc-process-docstring", plain_docstring)
    app.connect("source-read", add_contents)
