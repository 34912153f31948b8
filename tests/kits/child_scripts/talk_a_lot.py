"""Write a megabyte to standard error, then one line to standard output."""

import sys

sys.stderr.write(("x" * 99 + "\n") * 10_000)
sys.stdout.write("done\n")
