"""Functions shared by the programs of this folder: timing several engines turn by turn, tables, and what machine this is.

Run by itself it prints the machine, the versions and the date.

On a machine that does other work too, run everything with OMP_WAIT_POLICY=passive in the environment: PyTorch and tvts
both use OpenMP, whose threads otherwise spin at every barrier while the one they wait for has no core (seen: ten times
the time). OpenVINO and ONNX Runtime have pools of their own. The head of the page says what was set.
"""

import dataclasses
import datetime
import importlib.metadata
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[2]
TVTS = ROOT / "build" / "bin" / "tvts"
PACKAGES = ("torch", "onnxruntime", "openvino", "nncf", "decord", "av", "pillow")
ONEDNN_WITHOUT_BF16 = ("SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI")
CPU_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")


@dataclasses.dataclass
class Contender:
    """One engine in one precision. `run` does the work once; it returns milliseconds if it timed itself."""

    engine: str
    precision: str
    run: Callable
    cosine: float | None = None  # the least over the batch, to PyTorch eager fp32
    ours: bool = False
    milliseconds: list = dataclasses.field(default_factory=list)

    def median(self):
        return statistics.median(self.milliseconds)


def say(text):
    """Progress goes to standard error; standard output holds tables alone."""
    print(text, file=sys.stderr, flush=True)


def milliseconds_of(run):
    """The seconds of one call, as it returns them or by the clock here."""
    begin = time.perf_counter()
    answer = run()
    taken = 1e3 * (time.perf_counter() - begin)
    return answer if isinstance(answer, float) else taken


def interleave(contenders, rounds, pause=0.05):
    """Each contender once a round, after one call that does not count; who begins changes from round to round.

    The pause lets the threads of the engine before stop waiting for more work, which they do on the same cores.
    """
    for contender in contenders:
        contender.run()
    for number in range(rounds):
        first = number % len(contenders)
        for contender in contenders[first:] + contenders[:first]:
            time.sleep(pause)
            contender.milliseconds.append(milliseconds_of(contender.run))
        say(f"round {number + 1} of {rounds}")


def least_cosine(found, wanted):
    """The least cosine between rows of two [B, E] arrays."""
    import numpy as np

    a, b = (np.asarray(x, np.float64) for x in (found, wanted))
    return float(((a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)).min())


def markdown(header, rows):
    """A Markdown table, its columns lined up; numbers are written by the caller."""
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def best_peers(contenders):
    """precision -> the least median among the peers."""
    best = {}
    for contender in contenders:
        if not contender.ours:
            best[contender.precision] = min(contender.median(), best.get(contender.precision, float("inf")))
    return best


def comparison(contenders, column, value):
    """engine, precision, value(median milliseconds), cosine, and the time as a share of the best peer's in that precision."""
    best = best_peers(contenders)
    rows = []
    for c in sorted(contenders, key=lambda c: (c.precision != "fp32", c.precision, c.median())):
        ratio = f"{c.median() / best[c.precision]:.2f}" if c.precision in best else "-"
        cosine = "-" if c.cosine is None else f"{c.cosine:.5f}"
        rows.append((c.engine, c.precision, value(c.median()), cosine, ratio))
    return markdown(("engine", "precision", column, "cosine", "time / best peer"), rows)


def make_model(name, folder):
    """A model file with random weights (seed 1), written by tvts."""
    path = pathlib.Path(folder) / f"{name}.safetensors"
    if not TVTS.exists():
        sys.exit("build/bin/tvts is missing; build it first (make bench-peers does)")
    subprocess.run([TVTS, "init", "--model", name, "--seed", "1", "--output", path, "--quiet"], check=True)
    return path


def cpu_facts():
    """The fields of /proc/cpuinfo by name; empty elsewhere."""
    try:
        fields = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return {}
    return {line.split(":")[0].strip(): line.split(":", 1)[1].strip() for line in fields if ":" in line}


def cpu_flags():
    """Those of its instruction sets that matter here."""
    return [flag for flag in CPU_FLAGS if flag in cpu_facts().get("flags", "").split()]


def cpu():
    """The processor's name and its instruction sets."""
    name = cpu_facts().get("model name", platform.processor() or platform.machine())
    return f"{name} ({', '.join(cpu_flags()) or 'no vector flags known here'})"


def hardware_precisions():
    """fp32, and bf16 where this CPU multiplies in it, within what libtorch and oneDNN are held to."""
    held = os.environ.get("ATEN_CPU_CAPABILITY", "avx512").lower() != "avx512" or (
        os.environ.get("ONEDNN_MAX_CPU_ISA", "").upper() in ONEDNN_WITHOUT_BF16)
    has_bf16 = not held and {"avx512_bf16", "amx_bf16"} & set(cpu_flags())
    return ("fp32", "bf16") if has_bf16 else ("fp32",)


def version(package):
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{package} not installed"


def tvts_version():
    """The first line of `tvts --version`."""
    try:
        return subprocess.run([TVTS, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "tvts not built"


def machine():
    """Lines for the head of a page of results."""
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return "\n".join((
        f"- processor: {cpu()}, {len(os.sched_getaffinity(0))} cores, load before the run {load}, "
        f"OMP_WAIT_POLICY {os.environ.get('OMP_WAIT_POLICY', 'not set')}",
        f"- versions: {tvts_version()}, Python {platform.python_version()}, " + ", ".join(map(version, PACKAGES)),
        f"- date: {datetime.date.today().isoformat()}"))


if __name__ == "__main__":
    print(f"# tvts beside its peers\n\n{machine()}")
