"""goalmap from Python: a verb for each stage, what they give shown in notebooks, spaCy components and estimators."""
