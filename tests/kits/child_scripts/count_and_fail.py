"""Say a hundred lines, one with a secret, and fail."""

import sys

for number in range(99):
    sys.stderr.write(f"line {number}\n")
sys.stderr.write("fetching https://user:hunter22@index.example/simple with hunter22\n")
sys.exit(3)
