"""What each number means. Imports project and below, and the web's own question."""
