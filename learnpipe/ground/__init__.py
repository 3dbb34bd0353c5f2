"""The ground floor: the words and shapes that all rooms share. It imports nothing but itself."""
