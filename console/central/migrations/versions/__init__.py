"""The steps, one file each; `NNNN_subject.py`, and NNNN is the revision."""
