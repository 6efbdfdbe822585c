"""The compendium of best practice across organisations."""
