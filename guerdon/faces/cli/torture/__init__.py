"""The battery: tortures of a scratch installation from outside, each with a fault planted that it must find."""
