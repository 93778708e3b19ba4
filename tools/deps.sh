#!/bin/sh
# Installs what a fresh Debian 12 lacks to build and test Rondo, says what, and is silent when nothing
# is missing. It asks for commands and for pkg-config's libraries before it thinks of packages, starts
# no service, and leaves what is already there alone.
#
#   tools/deps.sh [SET...]
#
# Without a set: what builds the program. Each set adds to that:
#
#   web      Node and npm, which build the pages; where Node is older than they need, the npm package `node`
#            is put into build/node, and nothing else is told of it
#   browser  Chromium, for the tests of the pages
#   test     servers of PostgreSQL and Prometheus, for the tests of both stores and of metrics; khal,
#            a calendar program, which reads our feeds
#   fuzz     what `make fuzz` needs
#   lint     what `make lint` needs
#   bench    what `make bench` measures with and against
set -eu

# What is asked for, and the package that has it.
commands="cc:gcc c++:g++ cmake:cmake ctest:cmake ninja:ninja-build pkg-config:pkg-config
    python3:python3 git:git"
libraries="sqlite3:libsqlite3-dev libpq:libpq-dev simdjson:libsimdjson-dev
    libmicrohttpd:libmicrohttpd-dev libcurl:libcurl4-openssl-dev libfyaml:libfyaml-dev
    libgit2:libgit2-dev icu-i18n:libicu-dev libsodium:libsodium-dev nettle:nettle-dev libxxhash:libxxhash-dev libzstd:libzstd-dev
    zlib:zlib1g-dev libcmark-gfm:libcmark-gfm-dev libxml-2.0:libxml2-dev libical:libical-dev liblzma:liblzma-dev gsl:libgsl-dev cmocka:libcmocka-dev"
policy=${RONDO_POLICY_FILE:-/usr/sbin/policy-rc.d} # the tests point it elsewhere
headers=${RONDO_SYSTEM_HEADERS:-/usr/include}
servers=${RONDO_SERVERS_FOLDER:-/usr/lib/postgresql}
own_node=${RONDO_NODE_FOLDER:-$(cd "${0%/*}/.." && pwd)/build/node}
node_series=22

is_wanted() {
    case " $sets " in *" $1 "*) ;; *) return 1 ;; esac
}
sets="$*"
for set in "$@"; do
    case "$set" in
    web) commands="$commands npm:npm" ;;
    browser) commands="$commands chromium:chromium" ;;
    test) commands="$commands prometheus:prometheus khal:khal" ;;
    bench) commands="$commands wrk:wrk node:nodejs npm:npm" ;;
    fuzz) commands="$commands clang:clang clang++:clang" ;;
    lint) commands="$commands cppcheck:cppcheck" ;;
    *)
        echo "deps: '$set' is no set of tools; say web, browser, test, fuzz, lint, bench or nothing" >&2
        exit 2
        ;;
    esac
done

has() { command -v "$1" >/dev/null 2>&1; }

has_library() { has pkg-config && pkg-config --exists "$@" 2>/dev/null; }
has_server() {
    has initdb || ls "$servers"/*/bin/initdb
} >/dev/null 2>&1
has_dateutil() {
    python3 -c "import dateutil" || /usr/bin/python3 -c "import dateutil"
} >/dev/null 2>&1
has_icalendar() {
    python3 -c "import icalendar" || /usr/bin/python3 -c "import icalendar"
} >/dev/null 2>&1
has_mail_server() {
    /usr/bin/python3 -c "import aiosmtpd"
} >/dev/null 2>&1
has_fuzzer() {
    ls "$(clang -print-resource-dir)"/lib/linux/libclang_rt.fuzzer-*
} >/dev/null 2>&1

# Whether this Node builds the pages: 20.19 and later ones of that series, 22.12 and up.
is_fit() {
    version=$("$1" --version 2>/dev/null) || return 1
    version=${version#v}
    minor=${version#*.}
    case "${version%%.*}" in
    *[!0-9]* | "") return 1 ;;
    20) [ "${minor%%.*}" -ge 19 ] ;;
    22) [ "${minor%%.*}" -ge 12 ] ;;
    *) [ "${version%%.*}" -gt 22 ] ;;
    esac
}
has_node() { is_fit node || is_fit "$own_node/node_modules/.bin/node"; }

# The packages of what is missing, in $missing.
look() {
    missing=""
    for pair in $commands; do
        has "${pair%%:*}" || missing="$missing ${pair#*:}"
    done
    [ -e "$headers/stdio.h" ] || missing="$missing libc6-dev"
    [ -e "$headers/cmark-gfm-core-extensions.h" ] || missing="$missing libcmark-gfm-extensions-dev"
    if is_wanted web && ! has_node && ! has node; then
        missing="$missing nodejs"
    fi
    if is_wanted test || is_wanted bench; then
        has_server || missing="$missing postgresql"
    fi
    if is_wanted bench && ! has_dateutil; then
        missing="$missing python3-dateutil"
    fi
    if is_wanted bench && ! has_icalendar; then
        missing="$missing python3-icalendar"
    fi
    if is_wanted test && ! has_mail_server; then
        missing="$missing python3-aiosmtpd"
    fi
    if is_wanted fuzz && ! has_fuzzer; then
        missing="$missing libclang-rt-14-dev"
    fi
    names=""
    for pair in $libraries; do
        names="$names ${pair%%:*}"
    done
    # shellcheck disable=SC2086 # several words are meant
    if ! has_library $names; then
        for pair in $libraries; do
            has_library "${pair%%:*}" || missing="$missing ${pair#*:}"
        done
    fi
    # shellcheck disable=SC2086
    missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
    missing=${missing% }
}

stop() {
    echo "deps: $1" >&2
    exit 1
}

# Packages may bring services; none may start while we install.
hold_services() {
    [ ! -e "$policy.before-rondo" ] || return 0 # another deps.sh is at work
    if [ -e "$policy" ]; then
        $as_root mv "$policy" "$policy.before-rondo" 2>/dev/null || return 0
    fi
    holding=yes
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null 2>&1 || return 0
    $as_root chmod 755 "$policy"
}

release_services() {
    [ "$holding" = yes ] || return 0
    holding=no
    $as_root rm -f "$policy"
    [ ! -e "$policy.before-rondo" ] || $as_root mv "$policy.before-rondo" "$policy"
}

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

# The system's Node is left as it is; npm asks the registry that this machine is set to ask.
install_node() {
    echo "installing: node $node_series into ${own_node##*/}, for the one here is too old to build the pages"
    npm install --prefix "$own_node" --no-audit --no-fund "node@$node_series" >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        stop "npm could not install 'node@$node_series' (its last words are above); make WEB=0 builds without the pages"
    }
    has_node || stop "still no Node of 20.19, 22.12 or later after installing 'node@$node_series'; make WEB=0 needs none"
    echo "installed: node $node_series"
}

install_packages() {
    has apt-get ||
        stop "this is not a Debian machine (no apt-get); install by hand what these packages hold: $missing"
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif has sudo; then
        as_root="sudo"
    else
        stop "neither root nor sudo here; ask whoever holds the machine to run: apt-get install $missing"
    fi

    echo "installing: $missing"
    hold_services
    apt update >"$log" 2>&1 ||
        echo "deps: the package lists could not be refreshed; going on with those that are here" >&2
    # shellcheck disable=SC2086
    if ! apt install -y --no-install-recommends $missing >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        stop "apt-get could not install: $missing (its last words are above)"
    fi
    wanted=$missing
    look
    [ -z "$missing" ] || stop "still missing after installing $wanted: $missing"
    echo "installed: $wanted"
    release_services
}

holding=no
log=$(mktemp)
trap 'release_services; rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM
look
[ -z "$missing" ] || install_packages
if is_wanted web && ! has_node; then
    install_node
fi
