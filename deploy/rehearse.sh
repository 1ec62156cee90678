#!/usr/bin/env bash
# Runs the steps of docs/deploy.md on loopback: a scratch PostgreSQL 17, a release of what is committed,
# the settings, Caddy with its own authority, and a sign-in through it by curl. No systemd, nothing is
# left behind. `deploy/rehearse.sh RELEASE.tar.gz` takes a release that is made already, `--here` this
# folder with its packages.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
bin=/usr/lib/postgresql/17/bin
scratch=$(mktemp -d)
chmod 755 "$scratch"
children=()

say() { printf '\n== %s\n' "$*"; }
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  [ -f "$scratch/server.log" ] && tail -n 20 "$scratch/server.log" >&2
  exit 1
}
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; else "$@"; fi; }
clean() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null && wait "$child" 2>/dev/null || true; done
  as_postgres "$bin/pg_ctl" -D "$scratch/pg/data" -m fast stop >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap clean EXIT
node=$repository/node_modules/.bin/node
[ -x "$node" ] || node=node
free_port() { "$node" -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
# Waits for an address to answer, at most a minute.
await() {
  for _ in $(seq 120); do
    if curl -fsS -o /dev/null "$@" 2>/dev/null; then return 0; fi
    sleep 0.5
  done
  return 1
}
# expect WHAT WANTED GOT
expect() { if [ "$2" = "$3" ]; then printf 'ok  %s: %s\n' "$1" "$3"; else fail "$1: wanted $2, got $3"; fi; }

tools=("$bin/initdb" caddy curl openssl)
[ -n "${1:-}" ] || tools+=(node npm git)
for tool in "${tools[@]}"; do
  command -v "$tool" >/dev/null || fail "$tool is needed: apt-get install postgresql-17 postgresql-17-postgis-3 caddy curl openssl nodejs npm git"
done
database_port=$(free_port) web_port=$(free_port) proxy_port=$(free_port) second_port=$(free_port) metrics_port=$(free_port)

say "1. PostgreSQL 17 with PostGIS, which asks for passwords"
mkdir "$scratch/pg"
[ "$(id -u)" = 0 ] && chown postgres "$scratch/pg"
openssl rand -hex 16 >"$scratch/super"
[ "$(id -u)" = 0 ] && chown postgres "$scratch/super"
(
  cd "$scratch/pg"
  as_postgres "$bin/initdb" -D data -U postgres -A scram-sha-256 --pwfile="$scratch/super" -E UTF8 --locale=C.UTF-8 >/dev/null
  as_postgres "$bin/pg_ctl" -D data -w -l log start \
    -o "-p $database_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$scratch/pg" >/dev/null
)

say "2. The release, and whether it is as it was made"
if [ "${1:-}" = --here ]; then
  code=$repository
else
  archive=${1:-}
  if [ -z "$archive" ]; then
    git clone --quiet "$repository" "$scratch/source"
    (cd "$scratch/source" && npm ci --no-audit --no-fund --prefer-offline --loglevel error && npm run release)
    archive=$(ls "$scratch"/source/dist/release/*.tar.gz)
  fi
  (cd "$(dirname "$archive")" && sha256sum --check "$(basename "$archive").sha256")
  tar -xzf "$archive" -C "$scratch"
  code=$scratch/$(basename "$archive" .tar.gz)
  (cd "$code" && sha256sum --check --quiet SHA256SUMS)
fi
boxster() { (cd "$code" && "$code/node_modules/.bin/node" "$code/server/cli/boxster.mjs" "$@"); }

say "3. The owner's and the server's logins"
OWNER_PASSWORD=$(openssl rand -hex 24) WEB_PASSWORD=$(openssl rand -hex 24)
superuser() { PGPASSWORD=$(cat "$scratch/super") psql -qX -h 127.0.0.1 -p "$database_port" -U postgres "$@"; }
export OWNER_PASSWORD WEB_PASSWORD
superuser -d postgres -f "$repository/deploy/logins.sql"
owner_url="postgres://boxster_owner:$OWNER_PASSWORD@127.0.0.1:$database_port/boxster"

say "4. The settings"
mkdir -m 700 "$scratch/var"
sed -e "s|WEB_PASSWORD@127.0.0.1:5432|$WEB_PASSWORD@127.0.0.1:$database_port|" \
  -e "s|=SECRET|=$(openssl rand -hex 32)|" \
  -e "s|/var/lib/boxster|$scratch/var|" \
  -e "s|https://boxster.example|https://localhost:$proxy_port|" \
  -e "s|^PORT=.*|PORT=$web_port|" "$repository/deploy/boxster.env" >"$scratch/boxster.env"
with_settings() { (set -a && . "$scratch/boxster.env" && "$@"); }

say "5. The schema, by its owner; then the server's login may take on its roles"
DATABASE_URL=$owner_url BOXSTER_DATA=$scratch/var boxster migrate
quiet=$repository/sql/migrations/0014-quiet-statistics.sql
superuser -d boxster -f "$repository/deploy/grant.sql" -f "$quiet"
refused=$(DATABASE_URL=$owner_url with_settings env DATABASE_URL="$owner_url" "$code/node_modules/.bin/node" "$code/server/cli/boxster.mjs" serve 2>&1 || true)
case $refused in *"is the owner of the tables"*) echo "ok  the server refuses the owner's login" ;; *) fail "the owner's login was not refused: $refused" ;; esac
with_settings boxster doctor
expect "its statistics are closed" "Statistics: closed to every role of the tool" "$(with_settings boxster doctor | grep '^Statistics')"

say "6. The first account"
password=$(openssl rand -base64 24)
printf '%s' "$password" | with_settings boxster user add rehearsal --role admin --password-stdin

say "7. The server"
(set -a && . "$scratch/boxster.env" && cd "$code" && exec "$code/node_modules/.bin/node" "$code/server/cli/boxster.mjs" serve) >"$scratch/server.log" 2>&1 &
children+=($!)
await "http://127.0.0.1:$web_port/readyz" || fail "the server does not become ready"

say "8. Caddy in front of it, with its own authority"
{
  printf '{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\tstorage file_system %s/caddy\n}\n' "$scratch"
  sed -e "s|^boxster.example|https://localhost:$proxy_port|" -e "s|127.0.0.1:4173|127.0.0.1:$web_port|" "$repository/deploy/Caddyfile"
} >"$scratch/Caddyfile"
caddy run --adapter caddyfile --config "$scratch/Caddyfile" >"$scratch/caddy.log" 2>&1 &
children+=($!)
for _ in $(seq 60); do [ -f "$scratch/caddy/pki/authorities/local/root.crt" ] && break || sleep 0.5; done
web() { curl -sS --cacert "$scratch/caddy/pki/authorities/local/root.crt" -b "$scratch/jar" -c "$scratch/jar" "$@"; }
site=https://localhost:$proxy_port
await --cacert "$scratch/caddy/pki/authorities/local/root.crt" "$site/healthz" || fail "the proxy does not answer: $(tail -n 3 "$scratch/caddy.log")"

say "9. What a stranger gets"
expect "the page" 200 "$(web -o "$scratch/page" -w '%{http_code}' "$site/")"
expect "events" 401 "$(web -o /dev/null -w '%{http_code}' "$site/api/events")"
expect "another name, at the proxy" "" "$(web -H 'Host: evil.example' "$site/api/session")"
expect "another name, past the proxy" 421 "$(curl -sS -o /dev/null -w '%{http_code}' -H 'Host: evil.example' "http://127.0.0.1:$web_port/")"
expect "without TLS, past the proxy" 421 "$(curl -sS -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 203.0.113.9' -H 'X-Forwarded-Proto: http' "http://127.0.0.1:$web_port/")"
web -D "$scratch/headers" -o /dev/null "$site/"
for header in strict-transport-security content-security-policy permissions-policy; do
  grep -qi "^$header:" "$scratch/headers" || fail "the header $header is missing"
done
if grep -qi '^server:' "$scratch/headers"; then fail "the proxy tells its name"; fi
expect "a role by one click" 403 "$(web -o /dev/null -w '%{http_code}' -H 'content-type: application/json' -d '{"role":"sergeant"}' "$site/api/session")"

say "10. Sign-in through the proxy"
expect "a wrong password" 401 "$(web -o /dev/null -w '%{http_code}' -H 'content-type: application/json' -d '{"name":"rehearsal","password":"not the right one"}' "$site/api/session")"
expect "the password" 200 "$(printf '{"name":"rehearsal","password":"%s"}' "$password" | web -D "$scratch/headers" -o /dev/null -w '%{http_code}' -H 'content-type: application/json' --data-binary @- "$site/api/session")"
grep -qi '^set-cookie: __Host-boxster=.*; *HttpOnly.*' "$scratch/headers" || fail "the cookie is not bound to this host: $(grep -i '^set-cookie' "$scratch/headers" | sed 's/=[^;]*/=.../')"
grep -qi '^set-cookie:.*; *Secure' "$scratch/headers" || fail "the cookie is not Secure"
web "$site/api/session" | grep -q '"signedIn":true' || fail "the session does not hold"
expect "events, as an administrator" 403 "$(web -o /dev/null -w '%{http_code}' "$site/api/events")"
expect "sign-out" 200 "$(web -o /dev/null -w '%{http_code}' -X DELETE "$site/api/session")"
web "$site/api/session" | grep -q '"signedIn":false' || fail "the session outlives its end"

say "11. A backup by the owner, while the server runs"
openssl rand -base64 24 >"$scratch/passphrase"
DATABASE_URL=$owner_url BOXSTER_DATA=$scratch/var boxster backup "$scratch/night.backup" --passphrase-file "$scratch/passphrase"
expect "the file is for its owner alone" 600 "$(stat -c %a "$scratch/night.backup")"

say "12. A second team on the cluster, by a login that is no superuser"
ADMIN_PASSWORD=$(openssl rand -hex 24)
export ADMIN_PASSWORD
superuser -d postgres -f "$repository/deploy/fleet-admin.sql" -f "$quiet"
add_team() { DATABASE_URL=postgres://fleet_admin:$ADMIN_PASSWORD@127.0.0.1:$database_port/postgres BOXSTER_DATA=$scratch/none boxster team add "$@"; }
# The first team's owner has made the roles that all teams share.
grant=$(add_team second 2>&1 | sed -n 's/.*As a superuser run: \(grant .*;\)$/\1/p') || true
[ -n "$grant" ] || fail "team add does not say which roles it lacks"
superuser -d postgres -c "$grant"
add_team second --env "$scratch/second.env"
expect "its settings are for their owner alone" 600 "$(stat -c %a "$scratch/second.env")"
if add_team second >/dev/null 2>&1; then fail "a team was added twice"; fi
sed -i -e "s|^PORT=.*|PORT=$second_port|" -e "s|^BOXSTER_ORIGIN=.*|BOXSTER_ORIGIN=https://localhost:$proxy_port|" -e "s|^BOXSTER_DATA=.*|BOXSTER_DATA=$scratch/var2|" "$scratch/second.env"
(set -a && . "$scratch/second.env" && BOXSTER_METRICS_PORT=$metrics_port && cd "$code" && exec "$code/node_modules/.bin/node" "$code/server/cli/boxster.mjs" serve) >"$scratch/second.log" 2>&1 &
children+=($!)
await "http://127.0.0.1:$second_port/readyz" || fail "the second team's server does not become ready: $(tail -n 3 "$scratch/second.log")"
expect "its metrics say that its database answers" "boxster_database_up 1" "$(curl -fsS "http://127.0.0.1:$metrics_port/metrics" | grep '^boxster_database_up')"
other=$(. "$scratch/second.env" && echo "$DATABASE_URL" | sed 's|/boxster_second$|/boxster|')
if psql -qX "$other" -c 'select 1' >/dev/null 2>&1; then fail "the second team's login reaches the first team's database"; fi
echo "ok  the second team's login does not reach the first team's database"

say "13. The end"
kill -TERM "${children[0]}"
wait "${children[0]}" || fail "the server did not end well"
children=("${children[@]:1}")
if grep -Eq 'rehearsal|127\.0\.0\.1|postgres://' <(grep '"route"' "$scratch/server.log"); then fail "the log names a person or an address"; fi
echo "ok  the log has $(grep -c '"route"' "$scratch/server.log") requests, no person and no address"
echo
echo "Every step of docs/deploy.md went through."
