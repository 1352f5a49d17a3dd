"""tools/check_site finds links that lead nowhere and what is loaded from elsewhere, and lets the rest be."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "tools/check_site"


def check(**pages):
    """Exit code and lines for a folder of pages: index="..." is index.html; a name with _css is a style sheet."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in pages.items():
            name, _, suffix = name.partition("_")
            (pathlib.Path(folder) / f"{name}.{suffix or 'html'}").write_text(text)
        done = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()


class Site(unittest.TestCase):
    def found(self, link, other='<h1 id="top">other</h1>'):
        code, lines = check(index=link, other=other)
        self.assertEqual(code, 1 if lines != ["check_site: nothing wrong"] else 0)
        return [] if code == 0 else lines

    def test_links_that_lead_somewhere_are_right(self):
        for link in ('<a href="other.html">x</a>', '<a href="other.html#top">x</a>', '<a href="./other.html">x</a>',
                     '<p id="here"><a href="#here">x</a>', '<a href="https://arxiv.org/abs/1">x</a>',
                     '<img src="data:image/gif;base64,AAAA">'):
            self.assertEqual(self.found(link), [], link)

    def test_links_to_what_is_not_there_are_found(self):
        for target, reason in (("absent.html", "leads to no file of the site"), ("../index.html", "leads to no file of the site"),
                               (".", "leads to no file of the site"), ("/other.html", "leads out of the site"),
                               ("file:///other.html", "leads out of the site"),
                               ("other.html#absent", "leads to an anchor that the page does not have"),
                               ("#absent", "leads to an anchor that the page does not have")):
            self.assertEqual(self.found(f'<a href="{target}">x</a>'), [f"index.html: {target} {reason}"])

    def test_what_is_loaded_from_other_hosts_is_found(self):
        for tag in ('<script src="https://github.com/a.js"></script>', '<img src="//github.com/a.png">',
                    '<link rel="stylesheet" href="http://github.com/a.css">'):
            self.assertIn("is loaded from another host", self.found(tag)[-1], tag)
        for style in ("@import 'https://github.com/a.css';", "p { background: url(//github.com/a.png) }"):
            self.assertEqual(check(index="<p>x</p>", look_css=style), (1, ["look.css: loads from another host"]))

    def test_a_folder_without_pages_is_no_site(self):
        self.assertEqual(check()[0], 1)


if __name__ == "__main__":
    unittest.main()
