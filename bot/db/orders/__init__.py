"""Orders, their SMS and their ids at HidSim."""
