"""The widgets that simtui draws itself; one a file, so that a screen imports only what it shows."""
