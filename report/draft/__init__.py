"""A report as a draft: sections of blocks in which every fact cites its passages, and the forms in which it is written."""
