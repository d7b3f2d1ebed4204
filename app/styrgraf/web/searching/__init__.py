"""Search: the page, the question that is understood, and suggestions while one types."""
