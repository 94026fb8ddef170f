"""Puts resources/ and forms/ into an installed package; all else about the project is in pyproject.toml."""

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithShippedFolders(build_py):
    """Copies the two folders where desktop_app.paths looks first; an editable install reads the tree."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for folder in ("resources", "forms"):
                self.copy_tree(folder, f"{self.build_lib}/desktop_app/{folder}")


setup(cmdclass={"build_py": BuildWithShippedFolders})
