"""What is true: values and rules, with no input or output."""
