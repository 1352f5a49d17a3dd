"""Shards of every form of tar, plain and compressed, with samples of several members."""
import gzip
import io
import json
import tarfile

MEMBERS = (("a/0.mp4", b"video"), ("a/0.txt", b"a dog"), ("a/0.json", json.dumps({"caption": float("nan")}).encode()),
           ("v1.5.mp4", b"x"), ("v1.6.mp4", b"y"), ("c.jpg", b"\xff\xd8"), ("c.cls", b"7"), ("._c.jpg", b""))


def tar(tar_format, long_name=""):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tar_format) as archive:
        for name, content in MEMBERS:
            info = tarfile.TarInfo("./" + long_name + name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def seeds():
    yield "ustar", tar(tarfile.USTAR_FORMAT)
    yield "gnu", tar(tarfile.GNU_FORMAT, "g" * 120 + "/")
    yield "pax", tar(tarfile.PAX_FORMAT, "ü" * 120 + "/")
    yield "gzip", gzip.compress(tar(tarfile.USTAR_FORMAT), mtime=0)
