"""The message tree of each service: one module a service, `common` for the blocks they share, `services` for the table of all."""
