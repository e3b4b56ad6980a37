"""One file a verb: `run(options)` does it and gives the exit code.

A verb is imported when it is asked for: what one day more takes, `build` should not spend on what
only `collect` or `mail` needs.
"""
