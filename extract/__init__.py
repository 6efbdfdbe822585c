"""Documents in, names out: people, organisations, initiatives, roles, quotations, memberships, figures."""
