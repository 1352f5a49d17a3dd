"""C++ sources as text, for the checks that no compiler does."""
import re

COMMENT_OR_LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|^\s*#(?:[^\n]*\\\n)*[^\n]*', re.S | re.M)


def blank_comments_and_strings(text):
    """The same text with comments, literals and directives replaced by spaces, so that braces can be counted."""
    return COMMENT_OR_LITERAL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def closing(text, begin, pair):
    """The position behind the bracket that closes the one at `begin`; the end of the text where there is none."""
    depth = 0
    for position in range(begin, len(text)):
        if text[position] == pair[0]:
            depth += 1
        elif text[position] == pair[1]:
            depth -= 1
            if depth == 0:
                return position + 1
    return len(text)


def split_at_top(text, separator=","):
    """The parts of a list, brackets of every kind kept whole."""
    parts, depth, begin = [], 0, 0
    for position, character in enumerate(text):
        depth += (character in "(<[{") - (character in ")>]}")
        if character == separator and depth == 0:
            parts.append(text[begin:position])
            begin = position + 1
    return [part.strip() for part in [*parts, text[begin:]] if part.strip()]
