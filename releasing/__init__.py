"""What a release is made with: the wheel, the source distribution, the wheelhouse and the checks before a tag."""
