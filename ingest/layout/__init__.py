"""Printed pages: from words in their places to blocks in reading order."""
