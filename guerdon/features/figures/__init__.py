"""Daily figures: what was bought, earned, spent and redeemed on which local day, and who was seen."""
