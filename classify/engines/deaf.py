"""Loaded by the workers of a cluster on this machine: Ctrl-C, which the terminal tells them too, is for their parent."""

import signal


def dask_setup(_worker: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
