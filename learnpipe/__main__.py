"""``python -m learnpipe`` does what the ``learnpipe`` command does."""

from learnpipe.cli import main

if __name__ == "__main__":
    main()
