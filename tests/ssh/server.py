"""A real sshd on the loopback interface: its own keys, a high port, everything in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

WHERE = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"))

CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
StrictModes no
UsePAM {pam}
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
PermitUserRC no
PrintMotd no
UseDNS no
MaxStartups 100
AcceptEnv *
Subsystem sftp internal-sftp
"""
"""`AcceptEnv *` is worse than any server should have: what must hold for restricted mode must hold here."""


def missing() -> str:
    """What is not installed here, in words; empty where all is there."""
    names = [name for name in ("sshd", "ssh", "ssh-keygen", "sftp", "setsid") if shutil.which(name, path=WHERE) is None]
    if names:
        return f"not installed: {', '.join(names)} (Debian: apt install openssh-server openssh-client util-linux)"
    return "" if Path("/proc/self/stat").exists() else "there is no /proc to watch processes in"


class Sshd:
    """The server, and how clients reach it. `free` is a key that may do anything; `bound` runs one command only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = pwd.getpwuid(os.getuid()).pw_name
        for name in ("host", "free", "bound"):
            self._run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name))
        self.bind("true")
        self.port = _free_port()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {(folder / 'host.pub').read_text()}")
        self._start()

    def _run(self, name: str, *arguments: str) -> None:
        program = shutil.which(name, path=WHERE)
        assert program is not None
        subprocess.run([program, *arguments], check=True, stdin=subprocess.DEVNULL)

    def _start(self) -> None:
        config = self.folder / "sshd_config"
        pam = "yes" if _is_locked(self.user) else "no"
        config.write_text(CONFIG.format(port=self.port, folder=self.folder, pam=pam))
        program = shutil.which("sshd", path=WHERE)
        assert program is not None
        if os.geteuid() == 0:  # as Debian's own start script does; sshd of root refuses to start without it
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [program, "-D", "-e", "-f", str(config)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        end = time.monotonic() + 10
        while "Server listening" not in self.log():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < end, self.log()
            time.sleep(0.02)

    def log(self) -> str:
        """What sshd has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def bind(self, command: str, options: str = "restrict,pty") -> None:
        """Let the key `bound` run this command, whatever it asks for."""
        quoted = command.replace('"', r"\"")
        free, bound = ((self.folder / f"{name}.pub").read_text() for name in ("free", "bound"))
        (self.folder / "authorized_keys").write_text(f'{free}{options},command="{quoted}" {bound}')

    def client(self, *words: str, key: str = "free", options: Sequence[str] = (), program: str = "ssh") -> list[str]:
        """The command line of a client; `words` is what it asks the server for."""
        settings = {
            "IdentityFile": self.folder / key,
            "UserKnownHostsFile": self.folder / "known_hosts",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "yes",
            "Port": self.port,
            "LogLevel": "ERROR",
            "ControlPath": "none",
        }
        given = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        return [program, "-F", "none", *given, *options, f"{self.user}@127.0.0.1", *words]

    def stop(self) -> None:
        """End the server; sessions that are still open stay."""
        self.process.terminate()
        self.process.wait(5)


def _is_locked(user: str) -> bool:
    """Whether the account has a password that begins with `!`: sshd lets such a one in by key only with PAM."""
    try:
        accounts = Path("/etc/shadow").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return any(account.startswith(f"{user}:!") for account in accounts)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
