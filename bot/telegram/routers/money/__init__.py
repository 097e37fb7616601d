"""Wallets and HidSim's balance, credit that admins give, and asking them for it."""
