"""Change the seeds of one parser, guided by what of the package each text makes run.

Runs in an environment of its own, with atheris: ``python -m fuzz.explore PARSER SECONDS FOLDER``.
What should not have come out of the parser is kept in the folder, once for each place.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["aidevsecops_ext"]):
    from .parsers import PARSERS

_LONGEST = 8_000
# With coverage all is slower than it is, and the machine may be busy.
_PATIENCE_SECONDS = 10
_MEGABYTES = 800


def main(name: str, seconds: str, folder: str) -> None:
    """Explore until the time is over; ends the process."""
    parser = PARSERS[name]
    corpus, found = Path(folder, "corpus", name), Path(folder, "found")
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(parser.seeds):
        (corpus / f"seed-{number}").write_text(seed, encoding="utf-8")
    seen: set[str] = set()

    def read_once(data: bytes) -> None:
        try:
            parser.accept(_text(data))
        except Exception as error:
            place = _place(error)
            if place not in seen:
                seen.add(place)
                digest = hashlib.sha256(place.encode()).hexdigest()[:12]
                (found / f"{name}-{digest}").write_bytes(data)
                said = "".join(traceback.format_exception(error)[-6:])
                (found / f"{name}-{digest}.txt").write_text(said, "utf-8", "backslashreplace")

    options = {
        "max_total_time": seconds,
        "max_len": _LONGEST,
        "timeout": _PATIENCE_SECONDS,
        "rss_limit_mb": _MEGABYTES,
        "artifact_prefix": f"{found}/{name}-",
        "print_final_stats": 1,
        "verbosity": 1,
        "use_value_profile": 1,
    }
    words = [f"-{option}={value}" for option, value in options.items()]
    atheris.Setup([sys.argv[0], *words, str(corpus)], read_once)
    atheris.Fuzz()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _place(error: BaseException) -> str:
    """What was raised, and where in the package: one fault is kept once."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "aidevsecops_ext" in frame.filename] or frames
    return f"{type(error).__name__} {own[-1].filename}:{own[-1].lineno}"


if __name__ == "__main__":
    main(*sys.argv[1:])
