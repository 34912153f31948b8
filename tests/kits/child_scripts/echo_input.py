"""Answer what was given on standard input, and say on standard error that it came."""

import sys

sys.stdout.write(sys.stdin.read())
sys.stderr.write("read all\n")
