"""What loading takes: the step alone, with the facts, and of late activities."""
