"""From a service to a purchase."""
