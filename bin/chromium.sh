# Sourced by bin/check: finds the Chromium that the console is tested in, or installs Debian's, or says so.
# The one without a window is taken before others: it draws no tabs and menus of its own.

find_chromium() {
  local name
  for name in "${FAIRLEAD_TEST_BROWSER:-}" "$@"; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
      FAIRLEAD_TEST_BROWSER="$(command -v "$name")"
      export FAIRLEAD_TEST_BROWSER
      return 0
    fi
  done
  return 1
}

if ! find_chromium chromium-headless-shell; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "fairlead: installing Chromium from Debian for the console's tests ..." >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null || true
  fi
  if ! find_chromium chromium-headless-shell chromium chromium-browser google-chrome; then
    echo "fairlead: the console's tests need Chromium. On Debian: apt-get install chromium-headless-shell. Elsewhere set FAIRLEAD_TEST_BROWSER to its path." >&2
    exit 1
  fi
fi
