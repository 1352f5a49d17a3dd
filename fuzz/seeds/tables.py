"""Tables of each form, as people and programs write them, and a pattern of names."""


def seeds():
    yield "csv", b'\0path,caption,start,end\na.mp4,"a ""dog"", begs",0,2.5\nb.mp4,,,\n'
    yield "excel", b"\0\xef\xbb\xbfpath;caption\r\nclips\\a.mp4;one\r\n"
    yield "utf16", b"\0" + "path,caption\na.mp4,é\n".encode("utf-16")
    yield "hms", b"\0path,start,end\na.mp4,00:00:01.5,00:01:02\n"
    yield "tsv", b'\1path\tcaption\na.mp4\t"Stop" he says\n'
    yield "jsonl", b'\2{"path": "a.mp4", "caption": "x", "start": 1, "end": NaN}\n{"path_bytes": "ff"}\n'
    yield "errors", b'\2{"path": "a.mp4", "item_start": 0.5, "item_end": 2, "error_message": "no"}\n'
    yield "pattern", b"\3shards/{00000..00099}-{a,b}.tar"
