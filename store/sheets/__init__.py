"""Spreadsheet-safe sheets, written and read back."""
