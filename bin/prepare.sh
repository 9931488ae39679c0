# Sourced by the scripts beside it, from the repository's root: what each of them needs first.
# A stamp says what was built; nothing is done again that needn't be.

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

need_tools() {
  command -v dotnet >/dev/null || die "The .NET SDK is missing ($(sdk) or newer of the same band). Get it from https://dot.net/download, then run this again."
  dotnet --version >/dev/null 2>&1 || die "This repository needs the .NET SDK $(sdk) (global.json), and none that fits is installed: $(dotnet --list-sdks | tr '\n' ' ')"
  command -v npm >/dev/null || die "Node.js with npm is missing (20 or newer). Get it from https://nodejs.org, then run this again."
}

sdk() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json; }

need_packages() {
  cmp -s package-lock.json node_modules/.foyer-package-lock.json && return
  say "Fetching browser libraries and a Postgres (npm ci) …"
  npm ci --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json node_modules/.foyer-package-lock.json
}

# need_build <stamp> <project or solution>…: in Release, unless nothing changed since.
need_build() {
  local stamp=$1; shift
  if [[ -f $stamp ]] && [[ -z $(find src tests content ./*.props .editorconfig .globalconfig BannedSymbols.txt global.json package-lock.json \( -name bin -o -name obj -o -name lib -o -name TestResults \) -prune -o -newer "$stamp" -print -quit) ]]; then return; fi
  say "Building …"
  local began=$SECONDS project said
  for project in "$@"; do
    said=$(dotnet build "$project" -c Release --nologo --verbosity quiet 2>&1) || { say "$said"; die "The build failed."; }
  done
  mkdir -p "$(dirname "$stamp")" && touch "$stamp"
  say "Built in $((SECONDS - began)) s."
}

need_product() {
  need_tools
  need_packages
  need_build src/App/bin/Release/.built src/App/App.csproj src/Sandbox/Sandbox.csproj
}
