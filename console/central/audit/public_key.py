"""`checkpoint-key`: prints the public half of the key that signs checkpoints, and makes the key first if need be."""

import argparse

from console.central.audit.keys import signing_key
from console.central.place import add_place, checkpoint_key_of


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "checkpoint-key",
        description="Print the public key as PEM: keep it on another machine, for verify --public-key.",
        allow_abbrev=False,
    )
    add_place(parser, data_dir_needed=True, checkpoints=True)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print it."""
    print(signing_key(checkpoint_key_of(options)).public_pem(), end="", flush=True)
    return 0
