#!/usr/bin/env python3
"""Checks pictures and pages that tvts wrote: SVG is well-formed XML; in HTML every tag closes in order, no attribute is
there twice, nothing is taken from outside, and readers without sight are told what there is.

    check_markup.py FILE...        prints what is wrong; exit code 1 if anything is
"""
import html.parser
import pathlib
import re
import sys
import xml.etree.ElementTree

SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "img", "br", "hr", "link", "input"}
SVG_LEAVES = {"path", "rect", "line", "circle", "polygon"}


def check_svg(text):
    root = xml.etree.ElementTree.fromstring(text)
    if root.tag != SVG + "svg":
        yield f"the root is {root.tag}"
    styled = set(re.findall(r"\.([\w-]+)\{", root.findtext(SVG + "style", "")))
    for element in root.iter():
        for name in element.get("class", "").split():
            if name not in styled:
                yield f"the class {name} has no style"
        for value in element.attrib.values():
            if "nan" in value.lower().split() or "inf" in value.lower().split():
                yield f"a coordinate is no number: {value}"
    for group in root.findall(SVG + "g"):
        if not group.get("aria-label") or not group.findtext(SVG + "title") or not group.findtext(SVG + "desc"):
            yield "a chart without name and description"


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.tags = [], [], []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        values = dict(attributes)
        self.tags.append(tag)
        if len(set(names)) < len(names):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if tag in {"script", "iframe", "object", "embed", "link"} or any(name.startswith("on") for name in names):
            self.wrong.append(f"<{tag} {' '.join(names)}> may run or fetch something")
        for name in ("src", "href", "xlink:href"):
            if name in values and not values[name].startswith("data:image/"):
                self.wrong.append(f"{name} leads outside: {values[name][:40]}")
        if tag == "html" and not values.get("lang"):
            self.wrong.append("no language")
        if tag == "img" and not values.get("alt"):
            self.wrong.append("a picture without alt text")
        if tag == "th" and values.get("scope") not in ("col", "row"):
            self.wrong.append("a heading cell without scope")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag in SVG_LEAVES:
            self.open.pop()
        elif tag not in VOID:
            self.wrong.append(f"<{tag}/> closes itself")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes nothing")


def check_html(text):
    page = Page()
    page.feed(text)
    page.close()
    yield from page.wrong
    yield from (f"<{tag}> stays open" for tag in page.open)
    for tag in ("html", "head", "title", "main", "h1"):
        if page.tags.count(tag) < 1:
            yield f"no <{tag}>"
    headings = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    if any(after > before + 1 for before, after in zip(headings, headings[1:])):
        yield "a level of headings is left out"
    for picture in re.findall(r"<svg.*?</svg>", text, re.S):
        yield from check_svg(picture)


def main():
    wrong = []
    for name in sys.argv[1:]:
        text = pathlib.Path(name).read_text(encoding="utf-8")
        try:
            found = list(check_svg(text) if name.endswith(".svg") else check_html(text))
        except xml.etree.ElementTree.ParseError as error:
            found = [str(error)]
        wrong += [f"{name}: {problem}" for problem in found]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
