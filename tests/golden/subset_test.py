"""The reference numbers in this folder are those that SHA256SUMS names, of at most 6 MB, and what cut.py makes.

    python subset_test.py WHOLE    the whole set, where there is one
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
WHOLE = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else HERE / "absent"


def sums(folder):
    return dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())


class SubsetTest(unittest.TestCase):
    def test_every_file_is_the_one_that_is_named(self):
        found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in HERE.iterdir()
                 if path.suffix in (".json", ".jsonl", ".safetensors")}
        self.assertEqual(found, sums(HERE))

    def test_all_files_together_have_at_most_six_megabytes(self):
        self.assertLessEqual(sum(path.stat().st_size for path in HERE.iterdir() if path.is_file()), 6_000_000)

    def test_the_page_tells_of_each(self):
        page = (HERE / "README.md").read_text()
        for name in sums(HERE):
            self.assertTrue(f"`{name}`" in page or f"`{name.removesuffix('.safetensors').removesuffix('.json')}`" in page, name)

    def test_cutting_the_whole_set_again_gives_the_same_bytes(self):
        if not WHOLE.is_dir():
            self.skipTest(f"{WHOLE} is absent: the whole set of the reference numbers is kept apart")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, HERE / "cut.py", WHOLE, folder], check=True)
            self.assertEqual(sums(pathlib.Path(folder)), sums(HERE))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
