"""What a screen shows, as plain values: services fill them in, screens read them, and no rule of the shop is here."""
