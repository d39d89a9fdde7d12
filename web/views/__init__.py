"""One module per noun of the screen; each has a blueprint named `bp`."""
