"""placeholder until the server is there"""


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """placeholder"""
