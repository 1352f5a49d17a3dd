"""tools/folders.py reads what folders build on out of their CMakeLists.txt, and finds what breaks the order."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from folders import Folders  # noqa: E402


class FoldersOfATree(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.scratch.name)

    def tearDown(self):
        self.scratch.cleanup()

    def add(self, folder, declared, *includes):
        (self.root / folder).mkdir(parents=True)
        (self.root / folder / "CMakeLists.txt").write_text(declared)
        (self.root / folder / "a.h").write_text("".join(f'#include "{name}"\n' for name in includes))

    def problems(self):
        return [problem for problem in Folders(self.root).problems() if "folders.svg" not in problem]

    def test_public_dependencies_are_passed_on_and_private_ones_are_not(self):
        self.add("tvts/core", "tvts_library(core SOURCES a.cpp)")
        self.add("tvts/text", "tvts_library(text SOURCES a.cpp DEPENDS tvts_core)")
        self.add("tvts/media/video", "tvts_library(media_video\n  SOURCES a.cpp\n  DEPENDS tvts_text)")
        self.add("tvts/store", "tvts_library(store SOURCES a.cpp PRIVATE_DEPENDS tvts_media_video)")
        self.add("tvts/features", "tvts_library(features SOURCES a.cpp DEPENDS tvts_store torch)")
        folders = Folders(self.root)
        self.assertEqual(folders.reached_from("tvts/media/video"), {"tvts/core", "tvts/text"})
        self.assertEqual(folders.reached_from("tvts/store"), {"tvts/core", "tvts/text", "tvts/media/video"})
        self.assertEqual(folders.reached_from("tvts/features"), {"tvts/store"})
        self.assertTrue(folders.sees_torch("tvts/features"))
        self.assertFalse(folders.sees_torch("tvts/store"))

    def test_a_folder_that_builds_on_a_later_wing_is_named(self):
        self.add("tvts/store", "tvts_library(store SOURCES a.cpp DEPENDS tvts_train_loop)", "tvts/train/loop/a.h")
        self.add("tvts/train/loop", "tvts_library(train_loop SOURCES a.cpp)")
        [problem] = self.problems()
        self.assertIn("tvts/store/CMakeLists.txt: builds on tvts/train/loop", problem)

    def test_a_dependency_without_an_include_is_named(self):
        self.add("tvts/core", "tvts_library(core SOURCES a.cpp)")
        self.add("tvts/text", "tvts_library(text SOURCES a.cpp DEPENDS tvts_core)")
        self.assertEqual(self.problems(), ["tvts/text/CMakeLists.txt: builds on tvts/core, of which it includes nothing"])

    def test_a_picture_of_other_edges_is_named(self):
        self.add("tvts/core", "tvts_library(core SOURCES a.cpp)")
        self.add("tvts/text", "tvts_library(text SOURCES a.cpp DEPENDS tvts_core)", "tvts/core/a.h")
        picture = self.root / "docs/pictures/folders.svg"
        picture.parent.mkdir(parents=True)
        picture.write_text("<title>text&#45;&gt;core</title>")
        self.assertEqual(list(Folders(self.root).problems()), [])
        picture.write_text("<title>text&#45;&gt;config</title>")
        [problem] = Folders(self.root).problems()
        self.assertIn("docs/pictures/folders.svg", problem)


if __name__ == "__main__":
    unittest.main()
