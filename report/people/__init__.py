"""Who is who: dated posts, memberships, and evidence packs."""
