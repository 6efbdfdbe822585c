"""Goals as data: framework files, their cues and rules, what is wrong with one, what differs between two."""
