"""Say one line, then do nothing for a minute."""

import sys
import time

sys.stdout.write("waiting\n")
sys.stdout.flush()
time.sleep(60)
