"""Programs a developer runs by hand; the console never imports them."""
