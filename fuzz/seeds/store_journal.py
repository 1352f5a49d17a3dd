"""Journals with two groups, with failures alone, with a record that is cut."""
import struct

DIM = 2


def record(payload):
    checksum = 0xCBF29CE484222325
    for byte in payload:
        checksum = (checksum ^ byte) * 0x100000001B3 % 2**64
    return struct.pack("<QQ", len(payload), checksum) + payload


def group(items, rows, row_lines, error_lines):
    head = struct.pack("<QQQQ", items, rows, len(row_lines), len(error_lines))
    return record(head + row_lines + error_lines + struct.pack(f"<{rows * DIM}f", *range(rows * DIM)))


def seeds():
    tag = record(b"1234567890")
    two = tag + group(2, 3, b"one\ntwo\nthree\n", b"") + group(2, 1, b"four\n", b"failed\n")
    yield "two_groups", two
    yield "failures", tag + group(1, 0, b"", b"failed\n")
    yield "cut", two[:-5]
    yield "tag", tag
