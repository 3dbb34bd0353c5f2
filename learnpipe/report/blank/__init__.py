"""Blank logs and settings for those who start fresh."""
