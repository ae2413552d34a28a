#!/bin/sh
# The browser tests drive Debian's Chromium. Root installs it; anybody else is asked to.
set -eu
find_browser() {
    for name in "${HUIJIA_CHROMIUM:-}" chromium; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}
find_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests …"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk >/dev/null
    find_browser && exit 0
fi
echo "The browser tests need Chromium: sudo apt-get install chromium fonts-noto-cjk" >&2
exit 1
