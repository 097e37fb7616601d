"""Seeds that found something once. They are played before all others in `make test` and with `--remembered`.

A seed means the same world as long as the lists that it draws from stay as they are: what was mended has a test of its
own besides.
"""

REMEMBERED: dict[int, str] = {
    145: "a code told from memory while the database was locked was told again by another process",
    418: "whoever came back while the disk hung stayed out of reach",
}
"""By seed: what it found."""
