"""Questions that screens of the register ask: one question a screen, frozen answers."""
