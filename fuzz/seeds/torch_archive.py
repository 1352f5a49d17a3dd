"""Archives by torch itself: state dicts, wrapped and bare, whole modules, TorchScript; the pickles in them."""
import io
import zipfile

import torch

STATE = {"visual.conv1.weight": torch.ones(2, 3), "b": torch.ones(4).half().t(), "n": torch.tensor(3)}


class Config:
    """Stands for a class that nobody who reads the file has."""

    def __init__(self):
        self.values = {"list": [1, 2.5, None, True], "set": {1}, "bytes": b"\0", "big": 2**200, "pair": (1, "x")}
        self.me = self


class Linear(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.visual = torch.nn.Linear(2, 1)
        self.again = self.visual


def saved(value, **options):
    file = io.BytesIO()
    torch.save(value, file, **options)
    return file.getvalue()


def scripted(module):
    file = io.BytesIO()
    torch.jit.save(torch.jit.script(module), file)
    return file.getvalue()


def seeds():
    yield "bare", saved(STATE)
    yield "protocol4", saved(STATE, pickle_protocol=4)
    yield "wrapped", saved({"epoch": 3, "state_dict": {"module." + k: v for k, v in STATE.items()}, "args": Config()})
    yield "two", saved({"model": STATE, "model_ema": {k: v.clone() for k, v in STATE.items()}})
    yield "parameter", saved({"p": torch.nn.Parameter(torch.ones(2)), "e": torch.ones(1).expand(3)})
    yield "module", saved(Linear())
    yield "script", scripted(torch.nn.Linear(2, 1))
    repacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(STATE))) as old, zipfile.ZipFile(repacked, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    yield "repacked", repacked.getvalue()
