"""tools/check_sources finds what is defined twice, and nothing else."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from definitions import defined_twice  # noqa: E402


def names(**files):
    """The names that tvts/a/x.h and others (a_x_h=TEXT) define twice."""
    texts = {pathlib.PurePath("tvts/" + name.replace("_h", ".h").replace("_cpp", ".cpp").replace("_", "/")): text
             for name, text in files.items()}
    return sorted({sentence.split(" is defined")[0] for _, _, sentence in defined_twice(texts)})


class Definitions(unittest.TestCase):
    def test_classes_structs_and_enums_of_one_name_are_found(self):
        for first, second in (("struct Form { int a; };", "class Form final : public Base { };"),
                              ("enum class Form : int { kA };", "struct Form { };"),
                              ("template <class T> struct Form { };", "struct Form { };")):
            both = {"a_x_h": f"namespace tvts {{\n{first}\n}}", "b_y_h": f"namespace tvts {{\n{second}\n}}"}
            self.assertEqual(names(**both), ["tvts::Form"], first)

    def test_a_source_and_a_header_meet(self):
        self.assertEqual(names(a_x_h="namespace tvts { struct S { }; }", b_y_cpp="namespace tvts { struct S { }; }"), ["tvts::S"])

    def test_inline_functions_of_the_same_parameters_are_found(self):
        self.assertEqual(names(a_x_h="namespace tvts { inline int f(const A& a, int b = 3) { return 1; } }",
                               b_y_h="namespace tvts { inline int f(const A& other, int) { return 2; } }"),
                         ["tvts::f(const A&, int)"])

    def test_templates_are_the_same_whatever_their_parameters_are_called(self):
        self.assertEqual(names(a_x_h="namespace tvts { template <class A, class V> void visit(A& a, V&& v) { } }",
                               b_y_h="namespace tvts {\ntemplate <class B, class W>\nvoid visit(B& b, W&& w) { } }"),
                         ["tvts::visit(0&, 1&&)"])

    def test_overloads_and_other_demands_are_other_functions(self):
        self.assertEqual(names(a_x_h="namespace tvts { inline int f(int a) { return 1; } }",
                               b_y_h="namespace tvts { inline int f(double a) { return 2; } }"), [])
        visit = "namespace tvts {{ template <class A> requires std::same_as<A, {}> void visit(A& a) {{ }} }}"
        self.assertEqual(names(a_x_h=visit.format("One"), b_y_h=visit.format("Other")), [])

    def test_what_other_files_cannot_meet_is_left_alone(self):
        for text in ("namespace tvts { namespace { struct S { }; } }", "namespace tvts { struct S; }",
                     "namespace tvts { // struct S { };\n }", "namespace tvts { class A { struct S { }; int f() { return 1; } }; }"):
            self.assertEqual(names(a_x_h=text, b_y_h="namespace tvts { struct S { }; }"), [], text)
        self.assertEqual(names(a_x_h="namespace tvts::a { struct S { }; }", b_y_h="namespace tvts::b { struct S { }; }"), [])
        self.assertEqual(names(a_x_cpp="namespace tvts { int f() { return 1; } }", b_y_cpp="namespace tvts { int f() { return 1; } }"),
                         [], "the linker finds these")

    def test_programs_that_are_linked_apart_may_share_a_name(self):
        text = "namespace tvts { struct S { }; }"
        at = [pathlib.PurePath(path) for path in ("tests/a/x.h", "tests/b/x.h", "bench/one.cpp", "bench/two.cpp")]
        self.assertEqual(list(defined_twice(dict.fromkeys(at, text))), [])
        at.append(pathlib.PurePath("tvts/core/x.h"))
        self.assertEqual(len(list(defined_twice(dict.fromkeys(at, text)))), 5)

    def test_check_sources_ends_with_1_on_a_planted_one(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "tools", folder + "/tools")
            for name in ("core/x.h", "text/y.h"):
                path = pathlib.Path(folder, "tvts", name)
                path.parent.mkdir(parents=True)
                path.write_text("#pragma once\nnamespace tvts {\nstruct Planted {};\n}\n")
            run = subprocess.run([sys.executable, folder + "/tools/check_sources"], capture_output=True, text=True)
            self.assertEqual(run.returncode, 1)
            self.assertIn("tvts/core/x.h:3: tvts::Planted is defined in tvts/text/y.h too", run.stdout)


if __name__ == "__main__":
    unittest.main()
