"""Small inputs for every command that writes files, and the commands: what disk_faults and kills run."""
import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORLD = ("--size 32 --narrated 8 --alt 16 --stills 8 --val 0 --test 5 --twins 0 --test-narrated 0 --test-actions 1")

# name -> arguments; {out} is the folder that is written into (Workshop.out), everything else is only read.
COMMANDS = {
    "embed-file": "embed videos broken.mp4 --pretrained m.safetensors --output {out}/v.npy",
    "embed-tokens": "embed videos --pretrained m.safetensors --tokens --output {out}/v.npy",
    "embed-store": "embed videos broken.mp4 --pretrained m.safetensors --batch-size 2 --shard-size 3 --output {out}/store",
    "embed-texts": "embed --texts texts.txt --pretrained m.safetensors --output {out}/t.npy",
    "search": "search store --text word --html {out}/hits.html",
    "convert": "convert --pretrained m.safetensors --output {out}/c.safetensors",
    "init": "init --model tiny.json --seed 3 --output {out}/i.safetensors",
    "attend": "attend video.mp4 --pretrained m.safetensors -o {out}/a.mp4 -o {out}/a.gif -o {out}/a.png -o {out}/a.npy",
    "attend-patch": "attend video.mp4 --pretrained m.safetensors --patch 0,0,0 -o {out}/p.svg -o {out}/p.html -o {out}/p.npy",
    "pretrain": "pretrain --config run.json --output {out}/run",
    "eval": "eval msrvtt --data world/eval --pretrained m.safetensors --output {out}/eval",
    "eval-actions": "eval hmdb51 --data world/eval --pretrained m.safetensors --output {out}/eval",
    "eval-world": "eval world --data world --pretrained m.safetensors --output {out}/world --html {out}/w.html",
    "probe": "probe --train labels.csv --test labels.csv --pretrained m.safetensors --output {out}/probe",
    "data-world": "data world --output {out}/world " + WORLD,
    "data-transcripts": "data transcripts talk.srt --output {out}/annotations",
}

# Those that print what they find.
PRINTING = ["--version", "embed --help", "doctor", "inspect m.safetensors", "inspect video.mp4", "search store --text word",
            "classify videos --labels texts.txt --pretrained m.safetensors",
            "data check --form table --list table.csv --root videos",
            "attend video.mp4 --pretrained m.safetensors -o {out}/a.npy", "eval compare {out}/eval/msrvtt {out}/eval/msrvtt",
            "data transcripts talk.srt --output {out}/annotations"]


class Workshop:
    """A folder with the inputs; run() starts tvts in it."""

    def __init__(self, program, folder):
        self.program = str(program)
        self.folder = pathlib.Path(folder).resolve()
        self.out = self.folder / "out"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copy(ROOT / "configs/model/tiny.json", self.folder)
        self.make("data world --output world " + WORLD)
        self.make("init --model tiny.json --seed 7 --output m.safetensors")
        videos = self.folder / "videos"
        videos.mkdir()
        for video in sorted((self.folder / "world/eval/msrvtt/videos").rglob("*.mp4"))[:5]:
            shutil.copy(video, videos)
        names = sorted(video.name for video in videos.iterdir())
        shutil.copy(videos / names[0], self.folder / "video.mp4")
        self.write("broken.mp4", "this is no video")
        self.write("texts.txt", "a dog begs\na ball rolls\n")
        self.write("talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nnow we turn it\n")
        self.write("table.csv", "path,caption\n" + "".join(f"{name},a shape\n" for name in names))
        self.write("labels.csv", "path,label\n" + "".join(f"videos/{name},{i % 2}\n" for i, name in enumerate(names)))
        self.write("run.json", json.dumps(run_config(self.folder)))
        self.make("embed videos --pretrained m.safetensors --output store")

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def make(self, arguments):
        done = self.run(arguments)
        if done.returncode != 0:
            raise SystemExit(f"preparing: tvts {arguments}\n{done.stderr}")

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()

    def start(self, arguments, environment=None):
        """A process of tvts, with its streams open."""
        return subprocess.Popen([self.program, *arguments.format(out=self.out).split()], cwd=self.folder, text=True, errors="replace",
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env={**os.environ, "TVTS_NUM_THREADS": "1", **(environment or {})})

    def run(self, arguments, environment=None):
        process = self.start(arguments, environment)
        out, err = process.communicate(timeout=600)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def run_config(folder):
    table = {"list": str(folder / "table.csv"), "root": str(folder / "videos")}
    return {"model": str(folder / "tiny.json"), "epochs": 6, "output": "run",
            "optimizer": {"rate_new": 1e-3, "rate_clip": 1e-3}, "validation": {**table, "every_steps": 2},
            "checkpoint": {"every_steps": 2}, "log_every_steps": 1, "data": {"cache": str(folder / "out/cache")},
            "corpora": [{"name": "alt", "form": "table", "batch": 4, **table}]}


def snapshot(folder):
    """The bytes of every file below a folder, by its name from there."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
