"""The configs that come with the project."""
import pathlib

CONFIGS = pathlib.Path(__file__).resolve().parents[2] / "configs"


def seeds():
    for form, folder in enumerate(("model", "train")):
        for path in sorted((CONFIGS / folder).glob("*.json")):
            yield f"{folder}-{path.stem}", bytes([form]) + path.read_bytes()
