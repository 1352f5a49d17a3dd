"""Finds duplicate definitions: a class, an enum or an inline function or template of one name in one namespace, in two files
that may be linked into one program. C++ calls that undefined (the one-definition rule), compilers see one file at a time
and linkers silently keep either. GCC's -Wodr sees it only with link-time optimisation of the whole program, gold's
--detect-odr-violations only functions, only with debug information and only in what one link joins; reading the sources
takes a second, needs no build and sees templates that nobody has instantiated yet.
"""
import re
import typing

from cpp_text import blank_comments_and_strings, closing, split_at_top

TYPE = re.compile(r"\b(?:class|struct|union|enum(?:\s+(?:class|struct))?)\s+(?:alignas\s*\([^)]*\)\s*)?([\w:]+(?:<.*>)?)"
                  r"\s*(?:final\s*)?(?::[^:].*)?$", re.S)
NAMESPACE = re.compile(r"\bnamespace\b\s*([\w:]*)$")
CONCEPT = re.compile(r"\bconcept\s+(\w+)\s*=")
NOT_A_NAME = re.compile(r"\[\[.*?\]\]|__attribute__\s*\(\(.*?\)\)|\balignas\s*\([^)]*\)|\bnoexcept\s*\([^)]*\)", re.S)
FUNCTION_NAME = re.compile(r"(operator\s*[^\s(]+|[\w:~]+)\s*\(")


class Definition(typing.NamedTuple):
    name: str  # with its namespace, and a function with the types that it takes
    line: int


def without_template_head(head):
    """(names of the template's parameters, what the head asks of them, the rest)"""
    found = re.match(r"template\s*<", head)
    if not found:
        return [], "", head
    end = closing(head, found.end() - 1, "<>")
    parameters = split_at_top(head[found.end():end - 1])
    names = [match[0] for match in (re.search(r"\w+(?=\s*(?:=.*)?$)", one) for one in parameters) if match]
    return names, "<" + ", ".join(parameters) + ">", head[end:].lstrip()


def type_of_parameter(parameter):
    """`const Config& config = {}` takes a `const Config&`."""
    declared = parameter.split("=")[0].strip()
    named = re.fullmatch(r"(.*[\s&*>])(\w+)", declared, re.S)
    has_name = named and named[1].strip() not in ("const", "unsigned") and named[2] not in ("int", "char", "long")
    return re.sub(r"\s+", " ", named[1] if has_name else declared).replace(" &", "&").replace(" *", "*").strip()


def function_name(head):
    """visit_fields(0&, 1&&) for a template's function; None where the head is none of a function."""
    parameters, asked, rest = without_template_head(NOT_A_NAME.sub(" ", head).strip())
    found = FUNCTION_NAME.search(re.sub(r"\brequires\s+requires\s*\([^)]*\)\s*\{[^}]*\}", " ", rest))
    if not found or rest.rstrip().endswith(("=", ",", "(")):
        return None
    name_at = rest.find(found[0])
    end = closing(rest, name_at + len(found[0]) - 1, "()")
    types = [type_of_parameter(one) for one in split_at_top(rest[name_at + len(found[0]):end - 1])]
    demand = " ".join(re.findall(r"\brequires\b.*", rest[:name_at] + " " + rest[end:], re.S))
    signature = f"{found[1]}({', '.join(types)}) {demand} {asked}"
    for number, parameter in enumerate(parameters):
        signature = re.sub(rf"\b{parameter}\b", str(number), signature)
    return re.sub(r"\s+", " ", signature).strip()


def is_inline(head, in_header):
    return in_header or re.search(r"\b(?:inline|constexpr|consteval|template)\b", head)


def definitions(text, in_header):
    """The definitions of a file in namespaces that other files can join."""
    text = blank_comments_and_strings(text)
    scopes = []  # names of namespaces; None where nothing inside counts: functions, types, unnamed namespaces
    begin = position = 0
    while position < len(text):
        character = text[position]
        if character == "(":  # default arguments and requirements may hold braces
            position = closing(text, position, "()")
            continue
        if character == ";":
            concept = CONCEPT.search(text[begin:position])
            if concept and None not in scopes:
                yield Definition("::".join([*filter(None, scopes), concept[1]]), text.count("\n", 0, position) + 1)
            begin = position + 1
        elif character == "}":
            if scopes:
                scopes.pop()
            begin = position + 1
        elif character == "{":
            head = text[begin:position].strip()
            if re.search(r"\brequires\s*$", head) or re.search(r"\brequires\s*\([^()]*\)\s*$", head):
                position = closing(text, position, "{}")  # a requirement's body: the head goes on
                continue
            space, named = NAMESPACE.search(head), TYPE.search(head)
            if space:
                scopes.append(space[1] or None)
            elif re.fullmatch(r"extern\s*", head):
                scopes.append("")
            else:
                name = named[1] if named else function_name(head) if is_inline(head, in_header) else None
                if name and None not in scopes and not re.search(r"\bstatic\b|\bfriend\b", head):
                    first = begin + len(text[begin:position]) - len(text[begin:position].lstrip())
                    yield Definition("::".join([*filter(None, scopes), name]), text.count("\n", 0, first) + 1)
                scopes.append(None)
            begin = position + 1
        position += 1


def program_of(path):
    """The group of files that are linked together: the library with its commands, or one folder of tests, or one program of bench/."""
    if path.parts[0] in ("tvts", "lab", "cli", "python") or path.parts[1] == "support":
        return ""
    return str(path if path.parts[0] == "bench" else path.parent)


def meet(path, other):
    programs = {program_of(path), program_of(other)}
    return len(programs) == 1 or "" in programs


def defined_twice(texts):
    """(path, line, sentence) for each definition that another file has too. texts: path -> text."""
    definitions_of = {}
    for path, text in texts.items():
        for definition in definitions(text, path.suffix == ".h"):
            definitions_of.setdefault(definition.name, []).append((path, definition.line))
    for name, found in definitions_of.items():
        for path, line in found:
            others = [other for other, _ in found if other != path and meet(path, other)]
            if others:
                shown = name.split(" <")[0].strip()
                yield path, line, f"{shown} is defined in {others[0]} too; rename one, or put it into an unnamed namespace"
