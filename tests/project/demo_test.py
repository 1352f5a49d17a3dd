"""tools/demo with a program that only leaves the files which the real one would: its order, stopping and going on,
what another version left; and the page it ends with."""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = "<style>{0}</style><main><h1>Its own heading</h1><p>{0}</p></main>"
# Notes its first argument, and ends as one that is interrupted where STOP_AT is that. What it leaves lies in show/.
PROGRAM = r"""#!/bin/sh
echo "$1" >>calls
[ "${STOP_AT:-}" != "$1" ] || exit 130
cp -r "$(dirname "$0")/../../show/." .
[ "$1" != search ] || cat hits-to-find
"""
STEPS = ["data", "pretrain", "pretrain", "embed", "eval", "search"]


class DemoTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.root = pathlib.Path(held.name)
        for path in ("tools/demo", "tools/demo_page", "configs/model", "configs/train", "share/small-world.safetensors"):
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / path).is_dir() else shutil.copy)(ROOT / path, target)
        self.write("build/bin/tvts", PROGRAM).chmod(0o755)
        (self.root / ".venv/bin").mkdir(parents=True)
        (self.root / ".venv/bin/python").symlink_to(sys.executable)
        self.show()

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        return target

    def show(self, last_r1=40):
        """A world of three clips, of which there is one; a hit; pages and logs."""
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=s=48x48:d=1:r=8",
                        self.write("show/video7.mp4", "")], check=True)
        self.write("show/world/eval/msrvtt/MSRVTT_JSFUSION_test.csv",
                   'key,vid_key,video_id,sentence\nr0,m7,video7,"a red box grows, then shrinks"\nr1,m8,video8,"two"\n'
                   'r2,m9,video9,"three"\n')
        self.write("show/hits-to-find", json.dumps({"query": "a red box grows, then shrinks", "rank": 1, "path": "video7.mp4",
                                                    "score": 0.5}) + "\n")
        self.write("show/results/world.html", PAGE.format("the table"))
        self.write("show/runs/demo-video/curves.html", PAGE.format("the curves"))
        for run, last in (("demo-start", 30), ("demo-video", last_r1)):
            log = [{"step": 0, "validation": {"t2v_r1": 10}}, {"step": 9, "loss": 1}, {"step": 90, "validation": {"t2v_r1": last}}]
            self.write(f"show/runs/{run}/log.jsonl", "".join(json.dumps(record) + "\n" for record in log))

    def run_demo(self, expected=0, **environment):
        done = subprocess.run([self.root / "tools/demo"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment})
        self.assertEqual(done.returncode, expected, done.stdout)
        return done.stdout

    def calls(self):
        return (self.root / "demo/calls").read_text().split()

    def page(self):
        return (self.root / "demo/demo.html").read_text()

    def test_runs_every_step_and_ends_with_the_page(self):
        self.assertIn("demo.html", self.run_demo())
        self.assertEqual(self.calls(), STEPS)

    def test_goes_on_where_it_was_stopped(self):
        self.assertIn("The same command goes on from here", self.run_demo(expected=130, STOP_AT="embed"))
        self.write("demo/world/kept", "")
        self.run_demo()
        self.assertEqual(self.calls(), STEPS[:4] + STEPS)
        self.assertTrue((self.root / "demo/world/kept").exists())

    def test_starts_anew_where_another_version_was(self):
        self.run_demo(expected=130, STOP_AT="embed")
        for change in ("build/bin/tvts", "configs/train/demo-video.json"):
            self.write("demo/world/old", "")
            with (self.root / change).open("a") as changed:
                changed.write("\n")
            self.assertIn("another version", self.run_demo(expected=130, STOP_AT="embed"))
            self.assertFalse((self.root / "demo/world/old").exists())

    def test_starts_anew_where_a_demo_without_a_version_was(self):
        self.write("demo/demo-start.json", "{}")
        self.write("demo/world/old", "")
        self.run_demo()
        self.assertFalse((self.root / "demo/world/old").exists())

    def test_leaves_a_folder_alone_that_is_no_demo(self):
        self.write("demo/mine", "")
        self.assertIn("is not empty and holds no demo", self.run_demo(expected=2))
        self.assertEqual([path.name for path in (self.root / "demo").iterdir()], ["mine"])

    def test_the_page_opens_with_hits_that_play(self):
        self.run_demo()
        page = self.page()
        order = [page.index(part) for part in ("“a red box grows, then shrinks”", "<p>the table</p>", "<p>the curves</p>")]
        self.assertEqual(order, sorted(order))
        gif = base64.b64decode(re.search(r'src="data:image/gif;base64,([^"]+)"', page)[1])
        frames = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of",
                                 "csv=p=0", "-"], input=gif, capture_output=True, check=True).stdout
        self.assertEqual(int(frames.decode().strip(", \n")), 8)
        self.assertIn("the sentence was written of this clip", page)
        self.assertNotIn("Its own heading", page)

    def test_the_page_tells_whether_training_has_gained(self):
        self.run_demo()
        self.assertIn("10 % before and 40 % after 90 steps.", self.page())
        self.assertNotIn("too few to show a gain", self.page())
        self.show(last_r1=11)
        self.run_demo()
        self.assertIn("10 % before and 11 % after 90 steps, which are too few to show a gain", self.page())


if __name__ == "__main__":
    unittest.main()
