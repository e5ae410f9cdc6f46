"""How the console looks: colours, sizes, fonts, level shapes and the style sheet."""
