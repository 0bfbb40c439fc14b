"""Judge reports: findings with three verdicts, and the gate. Never changes data."""
