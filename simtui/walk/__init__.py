"""The walkthrough as both front ends show it: `Walk` takes answers and saves them, a `Scene` is the step in words."""
