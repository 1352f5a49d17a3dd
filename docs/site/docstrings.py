"""The package's docstrings, which are plain text, as Sphinx wants them: names before a colon become a list, indented lines and
prompts become code, and characters that mean something to Sphinx mean themselves."""
import re
import textwrap

_ENTRY = re.compile(r"^([A-Za-z_][\w, ]*):\s+(.*)$")


def to_rst(lines):
    """Lines of a docstring to lines of reStructuredText."""
    blocks = "\n".join(lines).strip("\n").split("\n\n")
    return "\n\n".join(_block(block) for block in blocks if block.strip()).split("\n") + [""]


def _block(block):
    first = block.lstrip("\n").split("\n")[0]
    if first.startswith(">>>") or first.startswith("    "):
        return ".. code-block:: python\n\n" + textwrap.indent(textwrap.dedent(block), "   ")
    entries, rest = _entries(block.strip("\n").split("\n"))
    if entries:
        named = "\n".join(f"* ``{name}``: {_escaped(text)}" for name, text in entries)
        return named + "\n\n" + _escaped(" ".join(rest))
    return _escaped(" ".join(line.strip() for line in block.split("\n")))


def _entries(lines):
    """([name, what it is] of each line `name: text`, with the indented lines that go on; the lines after them)."""
    found = []
    for place, line in enumerate(lines):
        if entry := _ENTRY.match(line):
            found.append([entry[1], entry[2]])
        elif line.startswith(" ") and found:
            found[-1][1] += " " + line.strip()
        else:
            return found, lines[place:]
    return found, []


def _escaped(text):
    """Text between backticks as code, all else as it is written."""
    parts = re.split(r"`+([^`]+)`+", text)
    return "".join(f"``{part}``" if place % 2 else re.sub(r"([\\*_|])", r"\\\1", part) for place, part in enumerate(parts))
