"""Headers of every type, with metadata, empty tensors, blanks at the end."""
import json

TYPES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}


def file(tensors, metadata=None, padding=0):
    """tensors: (name, dtype, shape)."""
    header = {"__metadata__": metadata} if metadata else {}
    offset = 0
    for name, dtype, shape in tensors:
        size = TYPES[dtype]
        for axis in shape:
            size *= axis
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode() + b" " * padding
    return len(text).to_bytes(8, "little") + text + bytes(range(256)) * (offset // 256) + bytes(offset % 256)


def seeds():
    yield "every_type", file([(name, name, [2, 1]) for name in TYPES])
    yield "empty", file([("a", "F32", [0, 3]), ("b", "F32", [])], padding=7)
    yield "no_tensor", file([], {"format": "pt"})
    yield "metadata", file([("w", "F32", [2])], {"format": "pt", "note": "é \" \\ \n"})
