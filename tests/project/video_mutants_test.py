"""fuzz/videos: trees are written as they were read, and a mutant is the same in every run."""
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "fuzz" / "videos"))
import mutations
import trees


def box(name, content=b""):
    return (len(content) + 8).to_bytes(4, "big") + name + content


MP4 = box(b"ftyp", b"isom") + box(b"moov", box(b"trak", box(b"tkhd", bytes(20))) + box(b"meta", bytes(4) + box(b"iprp"))) \
    + box(b"mdat", b"pictures") + b"rest"
# Segment of unknown length with a Cluster of one block.
MKV = bytes.fromhex("1a45dfa3 80 18538067 01ffffffffffffff 1f43b675 85 a3 83 010203")


class Trees(unittest.TestCase):
    def test_an_mp4_is_written_as_it_was_read(self):
        nodes = trees.parse(MP4)
        self.assertEqual(b"".join(node.written() for node in nodes), MP4)
        self.assertIn(b"iprp", {node.name for node, _ in mutations.all_nodes(nodes)})

    def test_an_mkv_keeps_its_elements(self):
        nodes = trees.parse(MKV)
        names = [node.name.hex() for node, _ in mutations.all_nodes(nodes)]
        self.assertEqual(names, ["1a45dfa3", "18538067", "1f43b675", "a3"])
        again = trees.parse(b"".join(node.written() for node in nodes))
        self.assertEqual([node.name.hex() for node, _ in mutations.all_nodes(again)], names)

    def test_a_length_is_wrong_only_where_a_mutation_says_so(self):
        nodes = trees.parse(MP4)
        nodes[1].children[0].content, nodes[1].children[0].children = b"longer than before", []
        written = b"".join(node.written() for node in nodes)
        self.assertEqual(trees.parse(written)[1].children[0].content, b"longer than before")
        nodes[1].length = b"\xff\xff\xff\xff"
        self.assertIn(b"\xff\xff\xff\xffmoov", b"".join(node.written() for node in nodes))


class Mutants(unittest.TestCase):
    def test_the_same_number_gives_the_same_bytes(self):
        for data in (MP4, MKV, b"RIFF of some kind" * 20):
            for number in range(200):
                first, again = (mutations.mutant(random.Random(number), data) for _ in range(2))
                self.assertEqual(first, again)
                self.assertLessEqual(len(first), mutations.MOST_BYTES)

    def test_they_differ(self):
        found = {mutations.mutant(random.Random(number), MP4) for number in range(200)}
        self.assertGreater(len(found), 150)

    def test_nothing_gives_no_error(self):
        for number in range(50):
            mutations.mutant(random.Random(number), b"")


if __name__ == "__main__":
    unittest.main()
