"""What is left of the speed when it is served: beside a writer, over HTTP, to several people."""
