"""What the hotline and its grid workers are: plain frozen data and rules, the standard library only."""
