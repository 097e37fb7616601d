"""HidSim bot: a Telegram front end for HidSim's virtual numbers."""
