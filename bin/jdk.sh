# Sourced by the other scripts: sets JAVA_HOME to a JDK 25 or newer, or says how to get one.

java_feature() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ "$(java_feature "$1")" -ge 25 ] 2>/dev/null
}

find_jdk() {
  local candidate newest=""
  if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
    return
  fi
  for candidate in $(ls -d /usr/lib/jvm/*/ 2>/dev/null | sort -V); do
    if is_jdk_25 "${candidate%/}"; then
      newest="${candidate%/}"
    fi
  done
  if [ -z "$newest" ]; then
    echo "fairlead: needs a JDK 25 or newer. Install one (for example Eclipse Temurin) and set JAVA_HOME." >&2
    exit 1
  fi
  export JAVA_HOME="$newest"
}

need_maven() {
  if ! command -v mvn >/dev/null; then
    echo "fairlead: needs Maven 3.8 or newer to build. On Debian: apt-get install maven" >&2
    exit 1
  fi
}

find_jdk
