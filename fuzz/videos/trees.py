"""Files that are trees of elements, as lists of nodes: MP4's boxes and Matroska's EBML.

A node is written with the length that its content has, unless a mutation has given it another.
"""
from dataclasses import dataclass, field

MP4_PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex", b"dinf", b"udta",
               b"iprp", b"ipco", b"meta"}
MP4_PREFIX = {b"meta": 4}  # bytes before the children: version and flags
EBML_PARENTS = {0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x1F43B675, 0xA0, 0x1C53BB6B, 0xBB, 0xB7, 0x114D9B74,
                0x4DBB, 0x1A45DFA3}
MOST_DEPTH = 12


@dataclass
class Node:
    kind: str  # "mp4", "ebml", or "bytes": no element at all
    name: bytes = b""
    content: bytes = b""
    prefix: bytes = b""  # of the content, before the children
    children: list = field(default_factory=list)
    length: bytes | None = None  # as written; None: what it is

    def body(self):
        return self.prefix + b"".join(child.written() for child in self.children) if self.children else self.content

    def written(self):
        body = self.body()
        if self.kind == "mp4":
            length = self.length if self.length is not None else (len(body) + 8).to_bytes(4, "big")
            return length + self.name + body
        if self.kind == "ebml":
            length = self.length if self.length is not None else (len(body) | 1 << 56).to_bytes(8, "big")
            return self.name + length + body
        return body


def parse_mp4(data, depth=0):
    nodes, at = [], 0
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length < 8 or at + length > len(data):
            break
        node = Node("mp4", name, data[at + 8 : at + length])
        if name in MP4_PARENTS and depth < MOST_DEPTH:
            before = MP4_PREFIX.get(name, 0)
            node.prefix, node.children = node.content[:before], parse_mp4(node.content[before:], depth + 1)
        nodes.append(node)
        at += length
    return nodes + ([Node("bytes", content=data[at:])] if at < len(data) else [])


def variable_number(data, at):
    """A number of EBML and the bytes that it takes; None where there is none."""
    if at >= len(data) or data[at] == 0:
        return None
    size = 9 - data[at].bit_length()
    return (int.from_bytes(data[at : at + size], "big"), size) if at + size <= len(data) else None


def parse_ebml(data, depth=0):
    nodes, at = [], 0
    while (name := variable_number(data, at)) and (length := variable_number(data, at + name[1])):
        begin = at + name[1] + length[1]
        value = length[0] & ((1 << 7 * length[1]) - 1)
        unknown = value == (1 << 7 * length[1]) - 1
        end = len(data) if unknown else begin + value
        if end > len(data):
            break
        node = Node("ebml", data[at : at + name[1]], data[begin:end])
        if unknown:
            node.length = data[at + name[1] : begin]
        if name[0] in EBML_PARENTS and depth < MOST_DEPTH:
            node.children = parse_ebml(node.content, depth + 1)
        nodes.append(node)
        at = end
    return nodes + ([Node("bytes", content=data[at:])] if at < len(data) else [])


def parse(data):
    """The nodes of a file; None: it is no tree."""
    if data[4:8] == b"ftyp":
        return parse_mp4(data)
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return parse_ebml(data)
    return None
