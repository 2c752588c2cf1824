"""What stops or watches a policy that does more than it should."""
