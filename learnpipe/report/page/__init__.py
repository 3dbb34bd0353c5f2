"""The one page: what stands where, as pure data, and its painting for Excel and as a PDF."""
