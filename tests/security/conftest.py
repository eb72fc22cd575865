"""The API's shop and door stand here, too."""

from tests.faces.api.conftest import _the_loop_may_use_the_database, api, shop  # noqa: F401
