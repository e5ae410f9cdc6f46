"""The screens: each composes map, tables and widgets, and sends commands; shared parts stand beside them."""
