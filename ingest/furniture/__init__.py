"""What is no story: menus, teasers, contacts, small print, contents, accounts."""
