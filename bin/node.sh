# Sourced by the other scripts: puts a Node 20.19, 22.12 or newer first in PATH, or says how to get one.

is_right_node() {
  [ -x "$1" ] && "$1" -e '
    const [major, minor] = process.versions.node.split(".").map(Number)
    process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)' 2>/dev/null
}

find_node() {
  local candidate
  for candidate in "$(command -v node || true)" \
    $(ls -d "$HOME"/.nvm/versions/node/*/bin/node /usr/local/bin/node /usr/bin/node /opt/node*/bin/node 2>/dev/null | sort -rV); do
    if [ -n "$candidate" ] && is_right_node "$candidate"; then
      PATH="$(dirname "$candidate"):$PATH"
      export PATH
      return
    fi
  done
  echo "fairlead: the console needs Node 20.19, 22.12 or newer to be built. Get one from https://nodejs.org and put it in PATH." >&2
  exit 1
}

find_node
