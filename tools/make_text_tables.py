#!/usr/bin/env python3
"""Writes tvts/text/html_entities.inc and tvts/text/codepages.inc from Python's own tables (standard library alone).

Run from the project's root when the tables should follow a newer Python; the result is checked in.
"""
import html
import html.entities
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tvts" / "text"
NOTE = "// Made by tools/make_text_tables.py from Python's standard library: do not edit.\n"

# The single-byte encodings that UTF-8 is most often misread as, in the order in which they are tried.
CODEPAGES = [
    ("latin-1", False), ("cp1252", True), ("cp1251", True), ("cp1250", True), ("cp1253", True), ("cp1254", True),
    ("cp1257", True), ("iso8859-2", False), ("mac-roman", False), ("cp437", False),
]


def literal(text):
    """A C++ string literal in ASCII; octal escapes, since they end after three digits."""
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in text.encode()) + '"'


def rows(entities):
    return "".join(f"    {{{literal(name)}, {literal(value)}}},\n" for name, value in sorted(entities.items()))


def upper_case_names(table):
    """Names in capitals that no other name claims: NTILDE; for ntilde;."""
    return {name.upper(): value.upper() for name, value in table.items()
            if name.endswith(";") and name == name.lower()
            and html.unescape("&" + name.upper()) == "&" + name.upper()}


def entities_file():
    table = html.entities.html5
    return (NOTE + "constexpr Entity kEntities[] = {\n" + rows(table) + "};\n"
            + "constexpr Entity kUpperCaseEntities[] = {\n" + rows(upper_case_names(table)) + "};\n")


def upper_half(codec):
    """The meaning of the bytes 80..FF; a byte without meaning stands for the control character of its own number."""
    return [bytes([b]).decode(codec, errors="replace").replace("\ufffd", chr(b)) for b in range(0x80, 0x100)]


def codepages_file():
    text = NOTE + "constexpr Codepage kCodepages[] = {\n"
    for codec, lossy in CODEPAGES:
        codes = [f"0x{ord(c):04x}" for c in upper_half(codec)]
        lines = ",\n      ".join(", ".join(codes[i:i + 16]) for i in range(0, 128, 16))
        text += f"    // {codec}\n    {{{'true' if lossy else 'false'},\n     {{{lines}}}}},\n"
    return text + "};\n"


if __name__ == "__main__":
    (FOLDER / "html_entities.inc").write_text(entities_file())
    (FOLDER / "codepages.inc").write_text(codepages_file())
