"""The HTTP service: answers as JSON, CSV and pages."""
