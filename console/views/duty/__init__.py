"""The duty chief's screen: what only a chief decides, what turns red, what was promised, the handover."""
