"""``python -m scripts.animation``: the animation of the README, of a browser test's pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "chain.webp"
FRAMES = ("open", "locked", "steps", "run", "commit", "release", "released")
SECONDS = 2.5
WIDTH = 1000


def animate(results: Path, target: Path) -> None:
    """Put the pictures that the browser test took one after another.

    Raises:
        StopIteration: the test was not run, or failed before the end.
    """
    frames = []
    for name in FRAMES:
        picture = Image.open(next(results.glob(f"chain-*/chain-{name}.png"))).convert("RGB")
        size = (WIDTH, round(picture.height * WIDTH / picture.width))
        frames.append(picture.resize(size, Image.Resampling.LANCZOS))
    first, *rest = frames
    first.save(
        target,
        save_all=True,
        append_images=rest,
        duration=round(SECONDS * 1000),
        loop=0,
        quality=82,
    )


if __name__ == "__main__":
    animate(ROOT / "ui-tests" / "test-results", TARGET)
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size / 1000:.0f} kB\n")
