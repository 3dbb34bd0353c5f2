"""The builder of the sample provider: `stories` is what happened, `handwriting` how it was kept."""
