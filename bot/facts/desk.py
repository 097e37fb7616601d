"""What the screens of the desk show: all that admins look at."""
