"""python make_pth.py MODEL.safetensors OUTPUT.pth: the same weights as the published training program saves them.

Exits with 77 when a module is missing.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "model/pretrained"))
from make_released import load_file, released, torch  # noqa: E402  exits with 77 by itself

state = {"module." + name: tensor for name, tensor in load_file(sys.argv[1]).items()}
torch.save(released(state), sys.argv[2])
