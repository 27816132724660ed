"""`python -m linli` is the command `linli`."""

from linli.viz.command import main

if __name__ == "__main__":
    main()
