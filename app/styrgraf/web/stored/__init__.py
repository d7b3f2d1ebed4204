"""The stored queries: a page with a form, a lasting link and an API for each."""
