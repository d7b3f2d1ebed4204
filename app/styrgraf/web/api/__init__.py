"""The addresses for programs: OpenAPI 3.1, and the same to read."""
