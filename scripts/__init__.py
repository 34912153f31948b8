"""What ``make`` runs: the set-up of a machine, the demo and the checks."""
