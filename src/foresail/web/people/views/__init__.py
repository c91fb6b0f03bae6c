"""The pages of people: coming in, oneself, who may come in, and what was done."""
