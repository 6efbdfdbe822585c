"""The activity map: one row for each activity, under its main goal."""
