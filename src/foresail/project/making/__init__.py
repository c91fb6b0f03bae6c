"""The facts of an export made on Spark of the records in it: all of them, or those that changed."""
