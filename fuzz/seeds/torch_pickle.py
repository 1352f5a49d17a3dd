"""The pickles of torch's archives, and one of every other protocol."""
import io
import pickle
import zipfile

from . import torch_archive


def seeds():
    for name, content in torch_archive.seeds():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = next(entry for entry in archive.namelist() if entry.endswith("/data.pkl"))
            yield name, archive.read(inside)
    value = {"list": [1, -2, 2**40, 1.5], "deep": [[[()]]], "bytes": b"\0" * 300, "text": "x" * 300, "set": {1, 2}}
    for protocol in range(2, 6):
        yield f"protocol{protocol}", pickle.dumps(value, protocol)
