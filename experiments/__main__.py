"""`python -m experiments` is the command `linli`."""

from experiments.command import main

if __name__ == "__main__":
    main()
