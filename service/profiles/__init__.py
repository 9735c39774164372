"""What is known of one body or thing, put together for its page."""
