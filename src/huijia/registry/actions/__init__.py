"""The only writers of the register: require, lock, rule, write, audit, publish."""
