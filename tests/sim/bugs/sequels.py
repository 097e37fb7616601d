"""Bugs around what follows an order without a code. How each is planted is known by the worlds of sequels alone."""

from tests.crash.mutants import put
from tests.services.orders import sequel_bugs
from tests.sim.bugs.registry import bug


@bug("what follows was agreed to")
def follows_by_itself_for_ever() -> None:
    """Three numbers were agreed to, and it goes on as long as there is money."""
    put(sequel_bugs.service, "successor", sequel_bugs.BUGS["cap"])


@bug("what follows was agreed to")
def follows_in_a_country_that_nobody_chose() -> None:
    """A number of a country that the service does not take, or that its person did not want."""
    put(sequel_bugs.service, "successor", sequel_bugs.BUGS["country"])


@bug("what follows is not dearer")
def follows_for_more() -> None:
    """A person pays twice what they agreed to."""
    put(sequel_bugs.service, "successor", sequel_bugs.BUGS["dearer"])
