"""Wallets, credit, and HidSim's balance."""
