"""What a person does to priority lists: one function a deed, each a transaction with its line of history."""

from sinergi.opportunities.lists.actions.entries import add_entry, edit_entry, renew_entry
from sinergi.opportunities.lists.actions.lists import (
    create_list,
    delete_list,
    rename_list,
    restore_list,
)
from sinergi.opportunities.lists.actions.order import move_entry, remove_entry, restore_entry

__all__ = [
    "add_entry",
    "create_list",
    "delete_list",
    "edit_entry",
    "move_entry",
    "remove_entry",
    "rename_list",
    "renew_entry",
    "restore_entry",
    "restore_list",
]
