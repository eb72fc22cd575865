"""`guerdon start`: the link by which the first programme is founded in the browser."""

from guerdon.faces.cli import address, installation, terminal
from guerdon.faces.cli.terminal import Failure


def start(as_json: terminal.Json = False) -> None:
    """Print the link that opens the first steps: choose a template, name the owner, go live.

    It lets in whoever has it, for a day, and opens nothing any more once there is a programme.

    \b
    Example:
      guerdon start
    """
    installation.enter()
    from guerdon.faces.start import access

    if not access.empty():
        hint = "A link for one of its staff: guerdon staff link EMAIL"
        raise Failure("This installation has its programme already.", hint=hint, code=terminal.FINDING)
    if as_json:
        terminal.show_json({"link": access.link()})
        return
    terminal.say(f"{address.base()}{access.link()}")
    terminal.note("It lets in whoever has it, for a day, while `guerdon serve` runs.")
