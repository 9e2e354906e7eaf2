"""The full-screen dashboard: the only folder that knows Textual."""
