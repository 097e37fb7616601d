"""People: the way in, and what admins decide about them."""
