"""What members were told of points that end, and how many end in which month."""
