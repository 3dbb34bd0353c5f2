"""How each service writes the truth down, with the slips that real logs have."""
