"""Who may enter, in every mode."""

import pytest

from bot.domain.access import AccessMode, Standing, may_enter

IN = {
    (AccessMode.CLOSED, Standing.ALLOWED),
    (AccessMode.INVITE, Standing.ALLOWED),
    (AccessMode.OPEN, Standing.ALLOWED),
    (AccessMode.OPEN, Standing.UNKNOWN),
}


@pytest.mark.parametrize("mode", AccessMode)
@pytest.mark.parametrize("standing", Standing)
def test_only_those_let_in_enter_and_in_an_open_bot_everybody_not_blocked(mode: AccessMode, standing: Standing) -> None:
    assert may_enter(mode, standing, is_admin=False) is ((mode, standing) in IN)


@pytest.mark.parametrize("mode", AccessMode)
@pytest.mark.parametrize("standing", Standing)
def test_an_admin_of_the_settings_always_enters(mode: AccessMode, standing: Standing) -> None:
    assert may_enter(mode, standing, is_admin=True)
