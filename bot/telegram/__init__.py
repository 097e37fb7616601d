"""How we hear and speak: the dispatcher, its middlewares, the way out. The only floor with aiogram at work."""
