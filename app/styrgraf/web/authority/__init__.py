"""The pages on authority: who may decide, what a change would do, orders, health, competence."""
