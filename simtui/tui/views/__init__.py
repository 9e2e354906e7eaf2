"""What the panes show, as lines of (text, ink): pure functions of holdings, width and language, without Textual."""
