"""The only place where threads meet Qt: the board, its pump, tasks, the ticker, the drag."""
