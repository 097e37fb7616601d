"""setWebhook, deleteWebhook, getWebhookInfo. For getUpdates see `polling.py`."""

from bot.sandbox.telegram.errors import too_many_requests
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.webhook import check_webhook


def set_webhook(state: State, params: Params) -> tuple[bool, str]:
    """The result and the description that goes with it. More than one a second is refused with 429."""
    url = params.text("url")
    if not url:
        return delete_webhook(state, params)
    now = state.clock.seconds()
    if now < state.webhook.next_change:
        raise too_many_requests(1)
    state.webhook.next_change = now + 1
    secret = params.text("secret_token")
    connections = params.integer("max_connections", 40, 1, 100)
    state.updates.allow(params.loose("allowed_updates"))
    same = (state.webhook.url, state.webhook.secret, state.webhook.connections) == (url, secret, connections)
    if same and not params.flag("drop_pending_updates"):
        return True, "Webhook is already set"
    check_webhook(url, secret)
    _drop(state, params)
    state.webhook.change(url, secret, connections)
    state.updates.bell.ring()
    return True, "Webhook was set"


def delete_webhook(state: State, params: Params) -> tuple[bool, str]:
    was_set = bool(state.webhook.url)
    _drop(state, params)
    state.webhook.change("", "", 40)
    state.updates.bell.ring()
    return True, "Webhook was deleted" if was_set else "Webhook is already deleted"


def get_webhook_info(state: State, _params: Params) -> Json:
    return state.webhook.info(len(state.updates.pending()), state.updates.allowed)


def _drop(state: State, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        state.updates.clear()
