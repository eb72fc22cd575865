"""What customers will be worth: how often they will buy again, for how much, and how long they will stay."""
