"""People, organisations and initiatives: lists, pages and repairs."""
