"""One async function per thing a person can do: `by` who acts, `now` when, a Store in."""
