"""Measurements of speed and quality, beside the reference data; none of it is needed to run."""
