"""Templates of reports: which sections, in what order, and what is wrong with one."""
