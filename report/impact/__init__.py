"""The Impact Report and its templates."""
