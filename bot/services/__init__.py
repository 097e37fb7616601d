"""What the shop does. Services return facts or raise a Refusal; they choose no words and know no Telegram."""
