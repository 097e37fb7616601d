"""Who may enter, in every mode, and what each may do."""

import pytest

from bot.domain.access import RIGHTS, AccessMode, Right, Role, Standing, demand, may, role_of
from bot.domain.refusals import Reason, Refusal

IN = {
    (AccessMode.CLOSED, Standing.ALLOWED),
    (AccessMode.INVITE, Standing.ALLOWED),
    (AccessMode.OPEN, Standing.ALLOWED),
    (AccessMode.OPEN, Standing.UNKNOWN),
}
OF_BUYERS = {Right.BUY, Right.SEE_OWN}
OF_OWNERS_ALONE = {Right.SEE_BALANCE, Right.BOOK_DIFFERENCE, Right.APPOINT}


@pytest.mark.parametrize("mode", AccessMode)
@pytest.mark.parametrize("standing", Standing)
def test_only_those_let_in_enter_and_in_an_open_bot_everybody_not_blocked(mode: AccessMode, standing: Standing) -> None:
    expected = Role.BUYER if (mode, standing) in IN else Role.STRANGER
    assert role_of(mode, standing, is_owner=False) is expected


@pytest.mark.parametrize("mode", AccessMode)
@pytest.mark.parametrize("standing", Standing)
def test_an_owner_by_the_settings_always_is_one(mode: AccessMode, standing: Standing) -> None:
    assert role_of(mode, standing, is_owner=True) is Role.OWNER


@pytest.mark.parametrize("mode", AccessMode)
@pytest.mark.parametrize("standing", Standing)
def test_who_was_appointed_is_an_admin_in_every_mode_until_blocked(mode: AccessMode, standing: Standing) -> None:
    expected = Role.STRANGER if standing is Standing.BLOCKED else Role.ADMIN
    assert role_of(mode, standing, is_owner=False, appointed=True) is expected


@pytest.mark.parametrize("right", Right)
def test_each_right_belongs_to_the_roles_of_the_table(right: Right) -> None:
    expected = {Role.OWNER}
    expected |= {Role.BUYER} if right in OF_BUYERS else set()
    expected |= set() if right in OF_OWNERS_ALONE else {Role.ADMIN}
    assert {role for role in Role if may(role, right)} == expected


def test_the_table_knows_every_role() -> None:
    assert set(RIGHTS) == set(Role)


def test_an_act_without_the_right_to_it_is_refused() -> None:
    demand(Role.BUYER, Right.BUY)
    with pytest.raises(Refusal) as caught:
        demand(Role.BUYER, Right.GIVE_CREDIT)
    assert caught.value.facts.reason is Reason.NOT_ALLOWED
