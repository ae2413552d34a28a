"""The ground that every capability stands on; its floors are in docs/architecture.md."""
