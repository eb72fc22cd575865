"""Tools that know Django and the database but no loyalty."""
