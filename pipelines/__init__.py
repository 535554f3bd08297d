"""How data moves: one folder a layer. Layers meet in tables; `defs/` alone knows Dagster."""
