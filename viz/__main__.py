"""`python -m linli.viz` is the command `linli` with the page."""

from linli.viz.command import main

if __name__ == "__main__":
    main()
