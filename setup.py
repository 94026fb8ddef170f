"""Puts resources/ and forms/ into an installed package; all else about the project is in pyproject.toml."""

from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithShippedFolders(build_py):
    """Copies the two folders where desktop_app.paths looks first; an editable install reads the tree."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for folder in ("resources", "forms"):
                target = f"{self.build_lib}/desktop_app/{folder}"
                copytree(folder, target, ignore=ignore_patterns("__pycache__", "*.py"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithShippedFolders})
