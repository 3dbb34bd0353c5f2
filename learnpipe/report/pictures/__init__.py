"""Charts and other pictures: which, what they say, and how they are drawn."""
