"""Where lines, acts, renewals and secrets are kept: safe for several sessions, crashes and full disks."""
