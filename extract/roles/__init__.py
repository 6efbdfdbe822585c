"""Posts that people hold or held."""
