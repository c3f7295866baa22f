#!/bin/sh
# The SHA-256 of the payload as it was submitted. Asks to be tried again later where the system has no such program.
if ! command -v sha256sum >/dev/null; then
  echo '::legwork retry-after 10m sha256sum is not installed on this worker' >&2
  exit 75
fi
printf '{"sha256": "%s"}\n' "$(sha256sum | cut -d ' ' -f 1)"
