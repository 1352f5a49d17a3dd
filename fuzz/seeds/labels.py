"""Labels as lines with and without numbers, tables and JSON."""


def seeds():
    yield "lines", b"\0run\n brush hair \n\nC++\n"
    yield "numbered", b"\x001 Archery\r\n2 YoYo\r\n"
    yield "tabs", b"\0archery\t0\nbowling\t1\n"
    yield "table", b'\1id,name\n0,"a, b"\n1,run\n'
    yield "tsv", b"\2label\tid\nrun\t0\n"
    yield "list", b'\3["run", "walk"]'
    yield "map", b'\3{"run": 1, "walk": "0"}'
    yield "numbers", b'\3{"0": "run", "1": "walk"}'
