"""Counts and the rates derived from them: one .sql file a mart, published into the warehouse file that everyone reads."""
