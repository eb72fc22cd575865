"""What a serving process does besides answering: it checks the database first, keeps house, and closes in order."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import structlog
from django.conf import settings

from guerdon.engine import keys
from guerdon.features.keys.queries import Keyring
from guerdon.kit import digests, durability, secrets, store

AGAIN_SECONDS: Final = 0.5  # between two looks at a database that is away
HOUSEKEEPING_SECONDS: Final = 60  # at most once in so long a key's last use is written
# A thread of the pool gives way to the event loop after so long; Python's own 5 ms would be felt at the till.
_SWITCH_SECONDS: Final = 0.001

log = structlog.get_logger(__name__)


class Unfit(Exception):
    """The database would not keep what it acknowledged; `faults` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def check_database() -> None:
    """Raise `Unfit` where settings are weak, migrations or the secret are missing or triggers are gone."""
    faults = durability.inspect(store.current()).faults + weaknesses()
    if faults:
        raise Unfit(faults)
    try:
        digests.load()  # read once, before there is an event loop that would wait for it
    except secrets.SecretMissing:
        raise Unfit(["the key of digests is missing: `guerdon migrate` makes it"]) from None
    except ValueError:
        raise Unfit(["the database is sealed with another secret: name it in GUERDON_SECRET_FORMER"]) from None


def weaknesses() -> list[str]:
    """What of the settings must not be served with, in sentences: no secret, one that can be guessed, DEBUG."""
    faults = []
    if not secrets.present():
        faults.append("the installation's secret is missing: GUERDON_SECRET, or the file secret in GUERDON_HOME")
    elif secrets.is_weak():
        faults.append(
            "the installation's secret can be guessed: GUERDON_SECRET must be 32 characters of chance or more"
            " (`openssl rand -hex 32`)"
        )
    if secrets.upcoming() and secrets.is_weak(secrets.upcoming()):
        faults.append("the next secret can be guessed: GUERDON_SECRET_NEXT must be as good as GUERDON_SECRET")
    if settings.DEBUG:
        faults.append("DEBUG is on: pages would show the inside of the program to everybody")
    return faults


class Life:
    """The ASGI lifespan of one serving process; while its database is `away` whoever asks is told to come again."""

    def __init__(self, keyring: Keyring, pool: ThreadPoolExecutor) -> None:
        self.away = False
        self._keyring = keyring
        self._pool = pool

    async def __call__(
        self,
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Begin, keep house until told to stop, end."""
        await receive()
        try:
            check_database()
        except Exception as error:
            # A process that is started again while the database is away must not take its neighbours down with it.
            self.away = store.unavailable(error)
            log.error("away" if self.away else "not fit to serve", reason=str(error))
            if not self.away:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
        sys.setswitchinterval(_SWITCH_SECONDS)
        gc.collect()
        gc.freeze()  # what lives as long as the process need not be looked at again and again
        coming = asyncio.create_task(self._come_back())
        house = asyncio.create_task(self._keep_house())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        coming.cancel()
        house.cancel()
        await self._flush()
        self._pool.shutdown(wait=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _come_back(self) -> None:
        """Check the database as soon as it is there; a process that must not serve it ends, and the next says why."""
        while self.away:
            await asyncio.sleep(AGAIN_SECONDS)
            try:
                await asyncio.get_running_loop().run_in_executor(self._pool, check_database)
            except Exception as error:
                if store.unavailable(error):
                    continue
                log.error("not fit to serve", reason=str(error))
                os.kill(os.getpid(), signal.SIGTERM)
                return
            self.away = False

    async def _keep_house(self) -> None:
        while True:
            await asyncio.sleep(HOUSEKEEPING_SECONDS)
            await self._flush()

    async def _flush(self) -> None:
        """Write away when keys were last used; a failure costs only this."""
        used, self._keyring.used = self._keyring.used, {}
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._pool, lambda: keys.note_use(used))
        except Exception as error:
            log.warning("the last use of keys was not noted", reason=str(error))
