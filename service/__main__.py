"""The command line: `joinedup`."""

from service.commands import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
