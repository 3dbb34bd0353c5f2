"""The sheets behind the page: each one table as pure data, and their painting."""
