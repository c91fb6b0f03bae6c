"""What is measured: how long pages and questions take, beside what else could answer."""
