"""The composition root: settings, addresses, navigation, the command line."""
