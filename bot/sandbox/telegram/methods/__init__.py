"""The methods of the Bot API that the sandbox knows, by lower-case name."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.telegram.methods import answering, chats, editing, hearing, media, profile, sending
from bot.sandbox.telegram.params import Params
from bot.sandbox.telegram.state import State

Method = Callable[[State, Params], Any]

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "setwebhook": hearing.set_webhook,
    "deletewebhook": hearing.delete_webhook,
    "getwebhookinfo": hearing.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_text,
    "editmessagecaption": editing.edit_caption,
    "editmessagemedia": media.edit_media,
    "editmessagereplymarkup": editing.edit_markup,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "setmessagereaction": editing.set_reaction,
    "answercallbackquery": answering.answer_callback,
    "answerinlinequery": answering.answer_inline,
    "setmycommands": profile.set_commands,
    "getmycommands": profile.get_commands,
    "deletemycommands": profile.delete_commands,
    "setmyname": profile.set_name,
    "getmyname": profile.get_name,
    "setmydescription": profile.set_description,
    "getmydescription": profile.get_description,
    "setmyshortdescription": profile.set_short_description,
    "getmyshortdescription": profile.get_short_description,
    "setchatmenubutton": profile.set_menu_button,
    "getchatmenubutton": profile.get_menu_button,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getfile": chats.get_file,
}
