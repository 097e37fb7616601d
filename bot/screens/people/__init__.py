"""The way in, the admins' menu, and what admins see of people."""
