"""Exchange rates told beside the programme file, day by day."""
