"""Everything that is told without being asked: notices, cards that follow their order, alerts."""
