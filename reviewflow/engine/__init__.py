"""The process engine: the only code that knows SpiffWorkflow."""
