"""The only writers of roles, grants, second factors and sessions."""
