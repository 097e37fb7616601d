"""What admins look at."""
