"""Services, countries, prices, offers, favorites."""
