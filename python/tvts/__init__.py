"""tvts: video understanding with TVTSv2 and CLIP models, from local files, with a native engine.

    import tvts
    m = tvts.load("ViT-B-16", pretrained="TVTSv2_ViT_B_16.pth")     # tvts.load(): the small model that comes with tvts
    v = m.embed_videos(["a.mp4", "b.webm"])                         # .vectors: float32 [2, E], of length 1
    t = m.embed_texts(["a dog catches a ball"])
    print(v @ t.T)

What is needed of torch and of the native module is loaded when a name is used for the first time. What the library has
to say goes to logging.getLogger("tvts"). docs/python.md has the rest.
"""
import importlib
from typing import TYPE_CHECKING, Any

try:
    from tvts._built_with import VERSION as __version__
except ModuleNotFoundError as error:
    raise ImportError("this folder holds the sources of tvts without the native module; install it (pip install .), or put "
                      "build/python into PYTHONPATH after make build") from error
from tvts._torch import check_torch as _check_torch

_check_torch()

if TYPE_CHECKING:
    from tvts import data, losses, metrics, nn
    from tvts._attention import AttentionMaps, PatchAttention, attention_maps, attention_over_time
    from tvts._classification import Classification, ClassifiedRow, ScoredLabel
    from tvts._clips import Clip, read_clip
    from tvts._embeddings import Embeddings, Row
    from tvts._errors import InputError, InputsError
    from tvts._evaluation import Evaluation, Measure, check_benchmarks, evaluate
    from tvts._model import Model, load
    from tvts._open_clip import create_model_and_transforms, create_model_from_pretrained, get_tokenizer, list_models
    from tvts._probe import ProbeResult, probe
    from tvts._store import Hit, Store, StoreReport
    from tvts._training import TrainingPlan, TrainStep, plan_training, train

# Where each public name is defined.
_HOMES = {
    "AttentionMaps": "_attention",
    "Classification": "_classification",
    "ClassifiedRow": "_classification",
    "Clip": "_clips",
    "Embeddings": "_embeddings",
    "Evaluation": "_evaluation",
    "Hit": "_store",
    "InputError": "_errors",
    "InputsError": "_errors",
    "Measure": "_evaluation",
    "Model": "_model",
    "PatchAttention": "_attention",
    "ProbeResult": "_probe",
    "Row": "_embeddings",
    "ScoredLabel": "_classification",
    "Store": "_store",
    "StoreReport": "_store",
    "TrainStep": "_training",
    "TrainingPlan": "_training",
    "attention_maps": "_attention",
    "attention_over_time": "_attention",
    "check_benchmarks": "_evaluation",
    "create_model_and_transforms": "_open_clip",
    "create_model_from_pretrained": "_open_clip",
    "evaluate": "_evaluation",
    "get_tokenizer": "_open_clip",
    "list_models": "_open_clip",
    "load": "_model",
    "plan_training": "_training",
    "probe": "_probe",
    "read_clip": "_clips",
    "train": "_training",
}

_MODULES = ("data", "losses", "metrics", "nn")

__all__ = [
    "AttentionMaps", "Classification", "ClassifiedRow", "Clip", "Embeddings", "Evaluation", "Hit", "InputError",
    "InputsError", "Measure", "Model", "PatchAttention", "ProbeResult", "Row", "ScoredLabel", "Store", "StoreReport",
    "TrainStep", "TrainingPlan", "attention_maps", "attention_over_time", "check_benchmarks",
    "create_model_and_transforms", "create_model_from_pretrained", "evaluate", "get_tokenizer", "list_models", "load",
    "plan_training", "probe", "read_clip", "train", "data", "losses", "metrics", "nn",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"tvts.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'tvts' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"tvts.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
