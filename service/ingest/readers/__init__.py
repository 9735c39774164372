"""Rows out of files: CSV, XLSX and JSON."""
