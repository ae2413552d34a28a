"""Pure decisions of the registry: values in, a verdict or a value out."""
