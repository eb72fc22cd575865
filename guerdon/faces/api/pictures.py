"""Pictures of rewards: put, taken away, and shown to everybody by the hash of what they are."""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import images, limits
from guerdon.core.rewards import PICTURE_CHANGED, REWARD_UNKNOWN
from guerdon.engine import pictures as engine
from guerdon.faces import tags
from guerdon.faces.api.calls import Call, Endpoint, Image, Reply
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards import pictures

_AT: Final = "/v1/pictures/"
_CHARS_MAX: Final = -(-limits.PICTURE_BYTES_MAX // 3) * 4  # of its base 64


class NewPicture(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A picture: PNG, JPEG or WebP."""

    picture: Annotated[bytes, Meta(min_length=1)]
    seen: str | None = None


class Seen(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which picture was looked at."""

    seen: str | None = None


class PictureView(msgspec.Struct, frozen=True):
    """The picture of a reward, and where it is shown."""

    reward: str
    image: str | None


def put(call: Call, key: str, body: NewPicture) -> Reply:
    """Show a picture of a reward instead of the one before, and of the address in the programme file."""
    assert call.key is not None
    image = images.read(body.picture)
    engine.put(
        programme_id=call.programme_id, reward=key, image=image, actor=call.key.name, now=call.now,
        seen=_hash(body.seen),
    )  # fmt: skip
    return Reply(PictureView(key, address(image.hash)))


def take(call: Call, key: str, query: Seen) -> Reply:
    """Take the picture of a reward away: what the programme file says is shown again."""
    assert call.key is not None
    image = engine.take(
        programme_id=call.programme_id, reward=key, actor=call.key.name, now=call.now, seen=_hash(query.seen)
    )
    return Reply(PictureView(key, image))


def show(call: Call, hash: str) -> Reply:
    """A picture, which never changes: nothing of it is read for who has it already."""
    if tags.known(call.headers.get(b"if-none-match"), b'"%b"' % hash.encode()):
        return Reply(Image(None, pictures.media_type(call.store, hash), hash))
    found = pictures.by_hash(call.store, hash)
    return Reply(Image(found.content, found.media_type, hash))


def _hash(seen: str | None) -> str | None:
    """Of a picture that was looked at by its address; "" where that was none of ours."""
    if seen is None:
        return None
    return seen.removeprefix(_AT) if seen.startswith(_AT) else ""


def address(hash: str) -> str:
    """Where a picture is shown."""
    return f"{_AT}{hash}"


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "PUT", "/v1/rewards/{key}/picture", "rewards:write", put, "Put the picture of a reward", PictureView,
        takes=NewPicture, chars_max=_CHARS_MAX,
        refuses=(REWARD_UNKNOWN, PICTURE_CHANGED, images.PICTURE_INVALID, programmes.PROGRAMME_UNPUBLISHED),
        tag="Rewards",
        about=f"PNG, JPEG or WebP, {limits.PICTURE_BYTES_MAX // 1024} KiB and {limits.PICTURE_PIXELS_MAX} pixels a "
        "side at most, of a reward that is in force or will be. It is kept in the database, and shown at an address "
        "that is its hash. The one before is gone, and the night takes away what no version has any more. What it says "
        "beside the picture, as of where it was taken, is left out, and with it which way up it is: turn it before. "
        "News with the topic `reward.picture_changed` go out.",
    ),
    Endpoint(
        "DELETE", "/v1/rewards/{key}/picture", "rewards:write", take, "Take the picture of a reward away", PictureView,
        query=Seen, refuses=(REWARD_UNKNOWN, PICTURE_CHANGED, programmes.PROGRAMME_UNPUBLISHED), tag="Rewards",
    ),
    Endpoint(
        "GET", "/v1/pictures/{hash}", "public", show, "Show a picture", Image,
        refuses=(pictures.PICTURE_UNKNOWN,), tag="Rewards",
        about="For everybody, and to be kept for ever: another picture has another address.",
    ),
)  # fmt: skip
