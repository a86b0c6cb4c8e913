"""What people see: cards the bot starts, and dialogs a person starts."""
