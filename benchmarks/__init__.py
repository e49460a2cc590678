"""Measurements of the course, each one command."""
