"""`python -m linli.experiments` is the command `linli`."""

from linli.experiments.command import main

if __name__ == "__main__":
    main()
