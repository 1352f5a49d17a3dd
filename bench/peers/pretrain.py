"""Seconds that a pre-training step takes, and its process's peak memory: plain PyTorch and tvts, turn by turn in one run.

    python bench/peers/pretrain.py [--model ViT-B-16] [--batch 4] [--masks 0 0.5 0.7] [--precisions fp32 bf16] [--steps 1]
                                   [--rounds 2] [--compile]

A step: forward, contrastive loss, backward and AdamW, matrix products in fp32 and, where the CPU has it in hardware, in
bf16 (autocast), on random clips with one caption of 20 tokens each, padded to 77. Trained is what the paper trains. Each
measurement is a process of its own, for its peak, and takes one step that does not count; medians over the rounds. tvts
is build/bench/bench_pretrain.
"""

import argparse
import itertools
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import torch
import torch.nn.functional as F

import measure
import plain_model

PROGRAM = measure.ROOT / "build" / "bench" / "bench_pretrain"
CAPTION_TOKENS, TEMPERATURE = 20, 0.05
ADDED = ("timeattn", "ln_3")


def trained_groups(video, text, config):
    """AdamW's groups by learning rate and decay; the first three quarters of the text blocks are frozen."""
    frozen = [f"resblocks.{i}." for i in range(config["text"]["layers"] * 3 // 4)]
    groups = {}
    for encoder in (video, text):
        for name, value in encoder.named_parameters():
            if encoder is text and any(part in name for part in frozen):
                value.requires_grad_(False)
                continue
            rate = 1e-4 if any(part in name for part in ADDED) else 1e-7
            decay = 0 if any(part in name for part in ("bias", "ln_", "norm")) else 0.05
            groups.setdefault((rate, decay), []).append(value)
    return [{"params": values, "lr": rate, "weight_decay": decay} for (rate, decay), values in groups.items()]


def random_batch(config, clips, mask):
    """Clips [B, T, 3, R, R], token ids [B, L] and the kept cells [B, n], or None."""
    shape, text = config["video"], config["text"]
    video = torch.randn(clips, shape["num_frames"], 3, shape["image_size"], shape["image_size"])
    ids = torch.zeros(clips, text["context_length"], dtype=torch.long)
    ids[:, :CAPTION_TOKENS] = torch.randint(1, text["vocab_size"] - 1, (clips, CAPTION_TOKENS))
    ids[:, CAPTION_TOKENS - 1] = text["vocab_size"] - 1
    cells = (shape["image_size"] // shape["patch_size"]) ** 2
    kept = int(cells * (1 - mask))
    return video, ids, torch.stack([torch.randperm(cells)[:kept] for _ in range(clips)]) if mask else None


def contrastive_loss(video, text):
    logits = F.normalize(video.float(), dim=1) @ F.normalize(text.float(), dim=1).t() / TEMPERATURE
    target = torch.arange(len(logits))
    return F.cross_entropy(logits, target) + F.cross_entropy(logits.t(), target)


def train_plain(model_path, batch, mask, precision, steps, compiles):
    """Seconds a step, in this process."""
    video, text, config = plain_model.load(model_path)
    optimizer = torch.optim.AdamW(trained_groups(video, text, config), eps=1e-6)
    run_video = torch.compile(video) if compiles else video
    run_text = torch.compile(text) if compiles else text
    for step in range(steps + 1):
        if step == 1:
            begin = time.perf_counter()
        clips, ids, keep = random_batch(config, batch, mask)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
            found = run_video(clips, keep), run_text(ids)
        contrastive_loss(*found).backward()
        optimizer.step()
        optimizer.zero_grad()
    return (time.perf_counter() - begin) / steps


def plain(args, mask, precision, model_path, compiles):
    """(seconds, megabytes) of one process of plain PyTorch."""
    command = [sys.executable, __file__, "--child", model_path, "--batch", args.batch, "--steps", args.steps, "--masks", mask,
               "--precisions", precision]
    done = subprocess.run([*map(str, command), *["--compile"] * compiles], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def tvts(args, mask, precision):
    """(seconds, megabytes) of one process of tvts."""
    command = [PROGRAM, args.model, args.batch, args.steps, precision, mask]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    return tuple(map(float, done.stdout.split("\t")[1:3]))


def contenders(args, model_path):
    """{name: callable of a mask and a precision}"""
    found = {"tvts": lambda mask, precision: tvts(args, mask, precision),
             "PyTorch eager": lambda mask, precision: plain(args, mask, precision, model_path, compiles=False)}
    if args.compile:
        found["torch.compile"] = lambda mask, precision: plain(args, mask, precision, model_path, compiles=True)
    return found


def measured(args, model_path):
    """{(name, precision, mask): [(seconds, megabytes), ...]}"""
    seen = {}
    for number in range(args.rounds):
        for precision, mask in itertools.product(args.precisions, args.masks):
            for name, run in contenders(args, model_path).items():
                try:
                    seen.setdefault((name, precision, mask), []).append(run(mask, precision))
                except (OSError, RuntimeError) as problem:
                    measure.say(f"{name} in {precision} at a mask of {mask} is left out: {problem}")
        measure.say(f"round {number + 1} of {args.rounds}")
    return seen


def table(seen, batch):
    medians = {key: [statistics.median(column) for column in zip(*runs)] for key, runs in seen.items()}
    rows = []
    for (name, precision, mask), (seconds, megabytes) in sorted(medians.items(), key=lambda entry: (*entry[0][:0:-1], entry[1][0])):
        eager = medians.get(("PyTorch eager", precision, mask), (float("nan"),) * 2)
        rows.append((mask, precision, name, f"{seconds:.2f}", f"{batch / seconds:.3f}", f"{megabytes / 1e3:.1f}",
                     f"{eager[0] / seconds:.2f}", f"{megabytes / eager[1]:.2f}"))
    return measure.markdown(("mask", "precision", "engine", "s a step", "clips a second", "peak GB", "times eager's speed", "of its memory"),
                            rows)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="ViT-B-16")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--masks", type=float, nargs="+", default=[0.0, 0.5, 0.7])
    parser.add_argument("--precisions", nargs="+", choices=("fp32", "bf16"), default=measure.hardware_precisions(),
                        help="default: those that the CPU has in hardware")
    parser.add_argument("--steps", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--compile", action="store_true", help="torch.compile too")
    parser.add_argument("--child", type=pathlib.Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    args = options()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    if args.child:
        seconds = train_plain(args.child, args.batch, args.masks[0], args.precisions[0], args.steps, args.compile)
        print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3]))
        return
    with tempfile.TemporaryDirectory() as folder:
        seen = measured(args, measure.make_model(args.model, folder))
    print(f"\n## Pre-training, {args.model}\n\nBatch {args.batch}, {args.steps} steps a run, median of {args.rounds} "
          "runs.\n")
    print(table(seen, args.batch))


if __name__ == "__main__":
    main()
