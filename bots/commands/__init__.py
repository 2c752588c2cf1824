"""The commands of the shell: each an async function that is given what it needs and returns its exit code."""
