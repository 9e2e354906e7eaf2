"""A wheel and an editable install both find what lies outside the package, and run."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
FIND = "from simtui.paths import bundled; print(bundled('carriers.json')); print(bundled('themes'))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def built(kind: str, folder: Path) -> Path:
    """Build a `wheel` or an `editable` one, as pip does, into `folder`."""
    code = f"import sys; from hatchling.build import build_{kind} as build; build(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    (file,) = folder.glob("*.whl")
    return file


def environment_with(wheel: Path, folder: Path) -> Path:
    """Return the Python of a fresh environment in `folder` that has `wheel` and sees the installed dependencies."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True, stdout=subprocess.PIPE)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def output(*command: str | Path, cwd: Path) -> str:
    """What `command` prints, where no path leads to the checkout but the one that was installed."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_a_wheel_holds_what_the_program_reads_and_nothing_else(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    assert {"simtui/bundled/carriers.json", "simtui/locale/zh/LC_MESSAGES/simtui.mo"} <= names
    themes = {f"simtui/bundled/themes/{theme.name}" for theme in (ROOT / "themes").glob("*.toml")}
    assert themes
    assert themes <= names
    procedures = {f"simtui/procedures/{file.name}" for file in (ROOT / "simtui" / "procedures").glob("*.toml")}
    assert len(procedures) == 12
    assert procedures <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"simtui"}


def test_an_installed_wheel_finds_its_files_and_runs(wheel: Path, tmp_path: Path) -> None:
    python = environment_with(wheel, tmp_path / "venv")
    found = output(python, "-c", FIND, cwd=tmp_path).split()
    inside = tmp_path / "venv"
    assert all(Path(path).is_relative_to(inside) for path in found)
    assert [Path(path).name for path in found] == ["carriers.json", "themes"]
    assert "simtui" in output(python.with_name("simtui"), "--version", cwd=tmp_path)


def test_an_editable_install_finds_the_files_of_the_checkout(tmp_path: Path) -> None:
    python = environment_with(built("editable", tmp_path), tmp_path / "venv")
    found = [Path(path) for path in output(python, "-c", FIND, cwd=tmp_path).split()]
    assert found == [ROOT / "carriers.json", ROOT / "themes"]
