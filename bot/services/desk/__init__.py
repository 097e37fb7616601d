"""What admins look at: figures, an order's timeline, the audit."""
