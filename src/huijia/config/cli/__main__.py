"""`python -m huijia.config.cli`: how processes start each other."""

from huijia.config.cli import main

if __name__ == "__main__":
    main()
