"""The folders of the library and what each builds on, as their CMakeLists.txt state it: `tvts_library(media_clips ...
DEPENDS tvts_media_video ...)` is the folder tvts/media/clips, which may include tvts/media/video and what that one
publicly builds on.

    python3 tools/folders.py             docs/pictures/folders.svg, drawn anew by Graphviz
"""
import pathlib
import re
import subprocess

# From what everything builds on to what builds on everything: a folder includes nothing of a wing below its own.
WINGS = ("core", "config", "text", "media", "report", "model", "store", "metrics", "features", "train", "evaluate", "api",
         "lab")
PICTURE = pathlib.Path("docs/pictures/folders.svg")

LIBRARY = re.compile(r"tvts_library\(\s*(\w+)([^()]*)\)")
LINK = re.compile(r"target_link_libraries\(\s*(\w+)([^()]*)\)")
INCLUDE = re.compile(r'^\s*#\s*include "([^"]+)"', re.M)


def wing_of(folder):
    parts = folder.split("/")
    return parts[0] if parts[0] == "lab" else parts[1]


class Folders:
    def __init__(self, root):
        self.root = root
        self.public, self.private = {}, {}  # folder -> targets that it is built on
        self.folder_of_target = {}
        texts = {str(path.parent.relative_to(root)): path.read_text(encoding="utf-8")
                 for top in ("tvts", "lab") for path in sorted(root.glob(f"{top}/**/CMakeLists.txt"))}
        for folder in texts:
            self.folder_of_target[folder.replace("/", "_")] = folder
        for folder, text in texts.items():
            self._read(folder, folder.replace("/", "_"), text)

    def _read(self, folder, target, text):
        public, private = set(), set()
        declared = {name if name.startswith("lab_") else f"tvts_{name}": rest for name, rest in LIBRARY.findall(text)}
        for name, rest in [*declared.items(), *LINK.findall(text)]:
            if name != target:
                continue
            words = rest.split()
            into = None
            for word in words:
                if word in ("DEPENDS", "PUBLIC"):
                    into = public
                elif word in ("PRIVATE_DEPENDS", "PRIVATE"):
                    into = private
                elif word == "SOURCES":
                    into = None
                elif into is not None:
                    into.add(word)
        self.public[folder], self.private[folder] = public, private

    def of(self, path):
        """The folder of a source, or None: a test, a program."""
        folder = str(path.parent)
        return folder if folder in self.public else None

    def direct(self, folder):
        targets = self.public[folder] | self.private[folder]
        return {self.folder_of_target[target] for target in targets if target in self.folder_of_target}

    def _targets(self, folder):
        reached, waiting = set(), list(self.public[folder] | self.private[folder])
        while waiting:
            target = waiting.pop()
            if target not in reached:
                reached.add(target)
                waiting += self.public.get(self.folder_of_target.get(target), ())
        return reached

    def reached_from(self, folder):
        # tvts/core is under every other folder, through tvts_options or by name.
        return {self.folder_of_target[target] for target in self._targets(folder) if target in self.folder_of_target}

    def sees_torch(self, folder):
        return "torch" in self._targets(folder)

    def used_by(self, folder):
        """The folders whose headers its sources include."""
        paths = [path for pattern in ("*.h", "*.cpp", "*.inc") for path in (self.root / folder).glob(pattern)]
        included = {name for path in paths for name in INCLUDE.findall(path.read_text(encoding="utf-8"))}
        return {self.of(pathlib.PurePath(name)) for name in included} - {None, folder}

    def problems(self):
        for folder in self.public:
            for target in sorted(self.direct(folder)):
                if WINGS.index(wing_of(target)) > WINGS.index(wing_of(folder)):
                    yield f"{folder}/CMakeLists.txt: builds on {target}, whose wing comes after its own (WINGS in tools/folders.py)"
            for target in sorted(self.direct(folder) - self.used_by(folder)):
                yield f"{folder}/CMakeLists.txt: builds on {target}, of which it includes nothing"
        picture = self.root / PICTURE
        text = picture.read_text(encoding="utf-8") if picture.is_file() else ""
        drawn = set(re.findall(r"<title>(\w+)&#45;&gt;(\w+)</title>", text))
        if drawn != self.reduced_wings():
            yield f"{PICTURE}: shows other edges than the build has; draw it anew: python3 tools/folders.py"

    def wings(self):
        """(wing, wing that it builds on)"""
        return {(wing_of(folder), wing_of(target)) for folder in self.public for target in self.direct(folder)
                if wing_of(folder) != wing_of(target)}

    def reduced_wings(self):
        """Without the edges that a longer path implies."""
        edges = self.wings()
        below = {wing: {target for source, target in edges if source == wing} for wing in WINGS}
        reached = {}
        for wing in WINGS:  # those below come first
            reached[wing] = below[wing].union(*(reached.get(target, set()) for target in below[wing]))
        return {(source, target) for source, target in edges
                if not any(target in reached[between] for between in below[source] - {target})}

    def draw(self):
        lines = ["digraph { bgcolor=transparent; node [shape=box, fontname=\"sans-serif\"];"]
        for wing in WINGS:
            below = sorted(folder.split(wing + "/", 1)[1] for folder in self.public
                           if wing_of(folder) == wing and f"{wing}/" in folder)
            label = "\\n".join([wing, *below])
            lines.append(f'  {wing} [label="{label}"];')
        lines += [f"  {source} -> {target};" for source, target in sorted(self.reduced_wings())] + ["}"]
        drawn = subprocess.run(["dot", "-Tsvg"], input="\n".join(lines), capture_output=True, text=True, check=True).stdout
        (self.root / PICTURE).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    Folders(pathlib.Path(__file__).resolve().parent.parent).draw()
