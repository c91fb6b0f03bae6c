"""The whole site in headless Chromium, as people of three roles walk through it."""
