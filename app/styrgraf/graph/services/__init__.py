"""SERVICE: allowed calls are rewritten to a gateway that asks one address, within limits."""
