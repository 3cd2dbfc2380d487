"""`python -m cdtm` is `cdtm`."""

from cdtm.cli import main

if __name__ == "__main__":
    main()
