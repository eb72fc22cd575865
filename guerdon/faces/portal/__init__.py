"""The portal: what members see of their programme, and do there."""
