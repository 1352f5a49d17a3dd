"""Ctrl-C, forks, workers of a DataLoader, another torch: what needs processes of its own."""
import os
import pathlib
import signal
import subprocess
import sys

import numpy as np
import pytest
import torch

import tvts


def start(code, *arguments, **environment):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdin=subprocess.DEVNULL, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment})


def finish(process, seconds=300):
    """(standard output, standard error) of a process that ends by itself."""
    try:
        return process.communicate(timeout=seconds)
    finally:
        process.kill()


INTERRUPTED = """
import signal, sys, tvts
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
m = tvts.load()
try:
    m.embed_videos([sys.argv[1]] * 100000, progress=lambda done, *_: done == 3 and print("begun", flush=True))
except KeyboardInterrupt as interrupt:
    print("interrupted:", interrupt)
"""


def test_ctrl_c_ends_a_call_with_the_programs_sentence(videos):
    with start(INTERRUPTED, videos / "c.mp4") as process:
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        out, err = finish(process)
    assert out.startswith("interrupted: ") and len(out) > len("interrupted: \n"), err
    assert process.returncode == 0


OWN_HANDLER = """
import signal, sys, tvts
def handle(*_):
    raise LookupError("my own")
signal.signal(signal.SIGUSR1, handle)
m = tvts.load()
try:
    m.embed_videos([sys.argv[1]] * 100000, progress=lambda done, *_: done == 3 and print("begun", flush=True))
except LookupError as error:
    print(error)
"""


def test_what_a_signal_handler_raises_ends_a_call(videos):
    with start(OWN_HANDLER, videos / "c.mp4") as process:
        process.stdout.readline()
        process.send_signal(signal.SIGUSR1)
        assert finish(process)[0] == "my own\n"


class Embedded(torch.utils.data.Dataset):
    def __init__(self, model, paths):
        self.model, self.paths = model, paths

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return index, self.model.embed_videos(self.paths[index]).vectors[0], tvts.read_clip(self.paths[index]).seconds


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_of_a_data_loader_embed_each_video_once(videos, model, method):
    torch.randn(400, 400) @ torch.randn(400, 400)  # OpenMP's threads are there before the fork
    expected = model.embed_videos(videos)
    paths = expected.paths * 2
    loader = torch.utils.data.DataLoader(Embedded(model, paths), num_workers=2, batch_size=None, multiprocessing_context=method)
    found = list(loader)
    assert sorted(index for index, _, _ in found) == list(range(6))
    for index, vector, _ in found:
        np.testing.assert_allclose(vector, expected.vectors[index % 3], atol=1e-6)


FORKED_INSIDE = """
import os, sys, threading, tvts
m = tvts.load()
inside, go_on = threading.Event(), threading.Event()
def tell(*_):
    inside.set()
    go_on.wait()
call = threading.Thread(target=lambda: m.embed_videos(sys.argv[1], progress=tell))
call.start()
inside.wait()
child = os.fork()
if child == 0:
    try:
        m.embed_texts("a text")
    except RuntimeError as error:
        print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
go_on.set()
call.join()
print(len(m.embed_texts("a text")))
"""


def test_a_fork_inside_a_call_is_refused_in_the_child_alone(videos):
    with start(FORKED_INSIDE, videos / "a.mp4") as process:
        out, err = finish(process)
    refused, parent = out.splitlines()
    assert "was forked while a thread of its parent was inside tvts" in refused, err
    assert parent == "1"


def test_another_torch_is_one_sentence_with_the_remedy(tmp_path):
    package = tmp_path / "torch"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')\n")
    (package / "version.py").write_text("__version__ = '2.1.0+cpu'\n")
    where = str(pathlib.Path(tvts.__file__).parents[1])
    with start("import tvts", PYTHONPATH=os.pathsep.join([str(tmp_path), where])) as process:
        last = finish(process)[1].splitlines()[-1]
    minor = ".".join(torch.__version__.split(".")[:2])
    assert last.startswith("ImportError: tvts was built with torch " + minor)
    assert "finds torch 2.1.0+cpu; run pip install 'torch==" + minor + ".*'" in last


def test_importing_loads_nothing_large():
    with start("import sys, tvts; print(tvts.__version__, 'torch' in sys.modules, 'load' in dir(tvts))") as process:
        version, loaded, named = finish(process)[0].split()
    assert (version, loaded, named) == (tvts.__version__, "False", "True")
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        tvts.lod


def test_versions_agree(command):
    assert command("--version").split()[1] == tvts.__version__
