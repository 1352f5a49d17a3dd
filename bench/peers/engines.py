"""The engines that people run an encoder with: each a maker of one callable, from the plain PyTorch module.

`video_engines` and `text_engines` give {name: maker} for a precision. A maker prepares its engine (compiles, exports,
quantises) and returns a callable from a NumPy input to a float32 NumPy [B, E]; shapes are fixed to the example's, which
every engine likes best. Exported ONNX files stay in the cache folder and are used again.
"""

import contextlib
import functools
import hashlib
import io
import logging
import os
import tempfile
import warnings

import torch

import plain_model
from measure import Contender, interleave, least_cosine, say

PRECISIONS = ("fp32", "bf16", "int8")


def torch_engine(module, cast):
    """A PyTorch callable as it is; `cast` is the precision: fp32, autocast in bf16."""

    def run(x):
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=cast == "bf16"):
            return module(torch.from_numpy(x)).float().numpy()

    return run


def bf16_weights(encoder):
    """PyTorch eager with weights and activations in bfloat16 throughout."""
    module = plain_model.copy_of(encoder).bfloat16()

    def run(x):
        with torch.inference_mode():
            x = torch.from_numpy(x)
            return module(x.bfloat16() if x.is_floating_point() else x).float().numpy()

    return run


def compiled(encoder, cast):
    """torch.compile with its defaults."""
    return torch_engine(torch.compile(encoder), cast)


def compiled_frozen(encoder, cast):
    """torch.compile with the weights as constants, which lets it pack them beforehand."""
    module = torch.compile(plain_model.copy_of(encoder), options={"freezing": True})

    def run(x):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=cast == "bf16"):
            return module(torch.from_numpy(x)).float().numpy()

    return run


def export_onnx(encoder, example, path):
    """The encoder as an ONNX file, once."""
    if not path.exists():
        say(f"exporting {path.name}")
        folder = path.parent / f"{path.stem}.unfinished"
        folder.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings(), torch.no_grad(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            torch.onnx.export(encoder, (torch.from_numpy(example),), folder / path.name, dynamo=True, verbose=False)
        for file in sorted(folder.iterdir(), key=lambda file: file.name == path.name):  # the graph last, its weights first
            os.replace(file, path.parent / file.name)
        folder.rmdir()
    return path


def onnxruntime_session(path, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda x: session.run(None, {name: x})[0]


def onnxruntime_fp32(encoder, example, threads, path):
    return onnxruntime_session(export_onnx(encoder, example, path), threads)


def onnxruntime_int8(encoder, example, threads, path):
    """Dynamic quantisation of the products with weights, one scale a column."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = path.with_suffix(".int8.onnx")
    if not small.exists():
        export_onnx(encoder, example, path)
        logging.getLogger().setLevel(logging.ERROR)
        unfinished = path.with_suffix(".int8.unfinished")
        quantize_dynamic(path, unfinished, weight_type=QuantType.QInt8, per_channel=True)
        os.replace(unfinished, small)
    return onnxruntime_session(small, threads)


def openvino_request(model, threads, hint):
    import openvino

    settings = {"INFERENCE_PRECISION_HINT": hint, "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY",
                "NUM_STREAMS": 1}
    request = openvino.Core().compile_model(model, "CPU", settings).create_infer_request()
    return lambda x: request.infer([x])[0].copy()


def openvino_plain(encoder, example, threads, path, hint):
    import openvino

    return openvino_request(openvino.Core().read_model(export_onnx(encoder, example, path)), threads, hint)


def openvino_int8(encoder, example, threads, path):
    """Quantised after training by NNCF, on the example, with its preset for transformers; the rest in f32."""
    import nncf
    import openvino

    logging.getLogger("nncf").setLevel(logging.ERROR)
    small = path.with_suffix(".int8.xml")
    if not small.exists():
        model = openvino.Core().read_model(export_onnx(encoder, example, path))
        say(f"quantising {path.name}")
        with contextlib.redirect_stdout(io.StringIO()):
            model = nncf.quantize(model, nncf.Dataset([example]), model_type=nncf.ModelType.TRANSFORMER, subset_size=1)
        unfinished = path.with_suffix(".unfinished.xml")
        openvino.save_model(model, unfinished, compress_to_fp16=False)
        for suffix in (".bin", ".xml"):  # the weights first: the file that is looked for comes last
            os.replace(unfinished.with_suffix(suffix), small.with_suffix(suffix))
    return openvino_request(openvino.Core().read_model(small), threads, "f32")


def engines(encoder, example, precision, threads, path):
    """{name: maker} of every engine that has the precision. `path` is where the ONNX file is or will be."""
    files = (encoder, example, threads, path)
    if precision == "int8":
        return {"ONNX Runtime, dynamic": functools.partial(onnxruntime_int8, *files),
                "OpenVINO, NNCF": functools.partial(openvino_int8, *files)}
    bf16 = precision == "bf16"
    found = {"PyTorch eager" + (", autocast" if bf16 else ""): lambda: torch_engine(encoder, precision)}
    if bf16:
        found["PyTorch eager, bf16 weights"] = lambda: bf16_weights(encoder)
    found["torch.compile"] = lambda: compiled(encoder, precision)
    found["torch.compile, frozen"] = lambda: compiled_frozen(encoder, precision)
    if not bf16:
        found["ONNX Runtime"] = functools.partial(onnxruntime_fp32, *files)
    found["OpenVINO"] = functools.partial(openvino_plain, *files, "bf16" if bf16 else "f32")
    return found


def cached_file(model_path, what, example, cache):
    """A name that says model, encoder and shape, so that a cache folder can serve many runs."""
    with open(model_path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    cache.mkdir(parents=True, exist_ok=True)
    return cache / f"{what}-{'x'.join(map(str, example.shape))}-{digest}.onnx"


def video_engines(model_path, precision, example, threads, cache):
    """Engines over the video encoder; `example` is float32 [B, T, 3, R, R]."""
    video, _, _ = plain_model.load(model_path)
    return engines(video, example, precision, threads, cached_file(model_path, "video", example, cache))


def text_engines(model_path, precision, example, threads, cache):
    """Engines over the text encoder; `example` is int64 [B, L]."""
    _, text, _ = plain_model.load(model_path)
    return engines(text, example, precision, threads, cached_file(model_path, "text", example, cache))


def timed_in_turns(args, prepare):
    """The contenders that prepare(args, folder, stack) makes, timed round by round; folder and stack end with it."""
    torch.set_num_threads(args.threads)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        found = prepare(args, folder, stack)
        interleave(found, args.rounds)
    return found


def contenders(found, precision, example, wanted, work=None, least=0.9):
    """Each engine that can be made and agrees with eager fp32; the others are named and left out.

    `work` says what is timed of an engine; without it, one call on the example.
    """
    made = []
    for name, make in found.items():
        say(f"making {name} {precision}")
        try:
            engine = make()
            cosine = least_cosine(engine(example), wanted)
        except Exception as problem:  # whatever a peer throws, the others are still timed
            say(f"{name} {precision} is left out: {type(problem).__name__}: {str(problem)[:300]}")
            continue
        if not cosine >= least:
            say(f"{name} {precision} is left out: its cosine to eager fp32 is {cosine:.4f}")
            continue
        run = functools.partial(work, engine) if work else functools.partial(engine, example)
        made.append(Contender(name, precision, run, cosine))
    return made
