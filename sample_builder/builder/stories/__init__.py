"""The truth: what really happened at Hazelbrook Care, one clean record a case."""
