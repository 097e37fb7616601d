"""What is on offer: services, countries, prices, searches, favorites."""
