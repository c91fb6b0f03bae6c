"""What a process holds of the memory, as the kernel counts it."""

from __future__ import annotations

from pathlib import Path


def held(process: int | str = "self") -> tuple[float, float]:
    """The MiB that a process holds now, and those that it held at most."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    told = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    now, most = (int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def forget_peak() -> None:
    """Let what this process holds at most be counted from now on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
