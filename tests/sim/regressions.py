"""Seeds that found something once. They are played before all others in `make test` and with `--remembered`.

A seed means the same world as long as the lists that it draws from stay as they are: what was mended has a test of its
own besides.
"""

REMEMBERED: dict[int, str] = {
    145: "a code told from memory while the database was locked was told again by another process",
    188: "a tap was lost, because it had been confirmed to Telegram before it was handled, and the bot died",
    418: "whoever came back while the disk hung stayed out of reach",
}
"""By seed: what it found."""
