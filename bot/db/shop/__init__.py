"""Services, countries, favorites, and where somebody is."""
