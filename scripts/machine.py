"""Everything that a fresh machine lacks: the virtual environment, Node, the build, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .parts import Run
from .stamps import Stamps, fingerprint

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(slots=True)
class Machine:
    """The steps from a fresh clone to a working copy; each is quick when there is nothing to do."""

    run: Run
    venv: Path = ROOT / ".venv"
    stamps: Stamps = field(init=False)

    def __post_init__(self) -> None:
        self.stamps = Stamps(self.venv / ".stamps")
        path = os.pathsep.join([str(self.venv / "bin"), os.environ.get("PATH", os.defpath)])
        self.run.environment = {"PATH": path}
        # uv and pipenv would take the environment that a user has activated for the one they mean.
        os.environ.pop("VIRTUAL_ENV", None)

    def tool(self, name: str) -> Path:
        """Where the virtual environment has the program."""
        return self.venv / "bin" / name

    def set_up(self, requirements: str) -> None:
        """Go from a fresh clone to an installed, built copy with these hashed requirements."""
        self.run.need("Virtual environment", self._make_venv)
        self.run.need("uv", self._install_uv)
        self.run.need("Python packages", lambda: self._install_packages(requirements))
        self.run.need("Node", self._find_node)
        self.run.need("Front-end packages", lambda: self.install_node_packages(ROOT))
        self.run.need("Front-end build", self._build_front_end)
        self.run.need("Install this copy", self._install_copy)
        self.run.need("Bytecode of this copy", self._compile_copy)

    def install_node_packages(self, folder: Path) -> str | None:
        """Install what the folder's yarn.lock pins, and nothing else.

        Raises:
            PartFailedError: the packages cannot be had, or yarn.lock does not fit package.json.
        """
        made_from = fingerprint(
            [folder / "package.json", folder / "yarn.lock"], self._node_version()
        )
        name = f"node-packages-{folder.name if folder != ROOT else 'root'}"
        if (folder / "node_modules").is_dir() and self.stamps.is_current(name, made_from):
            return "up to date"
        self.run.command(self.tool("jlpm"), "install", "--immutable", cwd=folder, quiet=True)
        self.stamps.keep(name, made_from)
        return None

    def make_side_environment(self, folder: Path, requirements: str) -> str | None:
        """Have one more virtual environment, with these hashed requirements and without this copy.

        Raises:
            PartFailedError: the packages cannot be had.
        """
        pins = ROOT / "requirements" / f"{requirements}.txt"
        made_from = fingerprint([pins])
        if (folder / "bin").is_dir() and self.stamps.is_current(requirements, made_from):
            return "up to date"
        uv, python = self.tool("uv"), self.tool("python")
        self.run.command(uv, "venv", "--clear", "--python", python, folder, quiet=True)
        into: list[str | Path] = [uv, "pip", "install", "--python", folder, "--compile-bytecode"]
        # The pins are the whole of it, also where some of what a package asks for is left out.
        self.run.command(*into, "--no-deps", "--require-hashes", "-r", pins, quiet=True)
        self.stamps.keep(requirements, made_from)
        return None

    def find_browser(self) -> str | None:
        """Have the browser tests find a Chromium, and say which.

        Raises:
            PartFailedError: there is none and none could be installed.
        """
        found = _installed_browser()
        if found is None and shutil.which("apt-get") and os.geteuid() == 0:
            self.run.command("apt-get", "update", quiet=True)
            packages = ["--no-install-recommends", "chromium"]
            self.run.command("apt-get", "install", "--yes", *packages, quiet=True)
            found = _installed_browser()
        if found is None:
            folder = ROOT / "ui-tests"
            self.run.command("npx", "playwright", "install", "chromium", cwd=folder, quiet=True)
            program = "console.log(require('playwright').chromium.executablePath())"
            found = self.run.command("node", "-e", program, cwd=folder)[-1]
        self.run.environment["CHROMIUM"] = found
        return found

    def _make_venv(self) -> str | None:
        if self.tool("python").exists():
            return "up to date"
        self.run.command(sys.executable, "-m", "venv", self.venv)
        return f"Python {sys.version.split()[0]}"

    def _install_uv(self) -> str | None:
        pins = ROOT / "requirements" / "bootstrap.txt"
        return self._pip_install(
            "uv", pins, [self.tool("python"), "-m", "pip", "install", "--require-hashes"]
        )

    def _install_packages(self, requirements: str) -> str | None:
        pins = ROOT / "requirements" / f"{requirements}.txt"
        return self._pip_install(requirements, pins, self._uv_pip_install("--require-hashes"))

    def _pip_install(self, name: str, pins: Path, installer: list[str | Path]) -> str | None:
        made_from = fingerprint([pins])
        if self.stamps.is_current(name, made_from):
            return "up to date"
        self.run.command(*installer, "-r", pins, quiet=True)
        self.stamps.keep(name, made_from)
        return None

    def _uv_pip_install(self, *options: str) -> list[str | Path]:
        # Compiled at once, because machines that set PYTHONDONTWRITEBYTECODE would else compile
        # every package at every start.
        return [
            self.tool("uv"),
            "pip",
            "install",
            "--compile-bytecode",
            "--python",
            self.tool("python"),
            *options,
        ]

    def _find_node(self) -> str | None:
        version = self._node_version()
        if _major(version) >= OLDEST_NODE:
            return version
        pins = ROOT / "requirements" / "node.txt"
        self._pip_install("node", pins, self._uv_pip_install("--require-hashes"))
        return f"{self._node_version()} from a wheel"

    def _node_version(self) -> str:
        node = shutil.which("node", path=self.run.environment["PATH"])
        if node is None:
            return "none"
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        return answer.stdout.strip() or "none"

    def _build_front_end(self) -> str | None:
        sources = ["src", "style", "schema", "package.json", "yarn.lock", "tsconfig.json"]
        made_from = fingerprint(ROOT / source for source in sources)
        built = ROOT / "aidevsecops_ext" / "labextension" / "package.json"
        if built.is_file() and self.stamps.is_current("front-end", made_from):
            return "up to date"
        self.run.command(self.tool("jlpm"), "build:prod", cwd=ROOT, quiet=True)
        self.stamps.keep("front-end", made_from)
        return None

    def _install_copy(self) -> str | None:
        sources = ["pyproject.toml", "package.json", "install.json", "jupyter-config"]
        made_from = fingerprint((ROOT / source for source in sources), str(ROOT))
        link = self.venv / "share" / "jupyter" / "labextensions" / "aidevsecops"
        if link.is_symlink() and self.stamps.is_current("copy", made_from):
            return "up to date"
        if link.is_symlink():
            # Else the uninstall inside the new install deletes our build through the link.
            link.unlink()
        install = self._uv_pip_install("--no-deps", "--no-build-isolation", "--editable")
        self.run.command(*install, ROOT, quiet=True, extra={"SKIP_JUPYTER_BUILDER": "1"})
        self.run.command(self.tool("jupyter-builder"), "develop", "--overwrite", ROOT, quiet=True)
        self.stamps.keep("copy", made_from)
        return None

    def _compile_copy(self) -> None:
        # As for the packages: the tests start our programs hundreds of times.
        compile_all = ["-m", "compileall", "-q", "-j0", "aidevsecops_ext"]
        self.run.command(self.tool("python"), *compile_all, cwd=ROOT, quiet=True)


def _installed_browser() -> str | None:
    """The path of a Chromium or Chrome on this machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _major(version: str) -> int:
    head = version.removeprefix("v").split(".")[0]
    return int(head) if head.isdigit() else 0
