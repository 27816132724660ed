"""`python -m viz` is the command `linli` with the page."""

from viz.command import main

if __name__ == "__main__":
    main()
