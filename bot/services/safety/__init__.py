"""What stops buying, and whether the books are right."""
