#!/usr/bin/env bash
# Builds Diferido and starts it on Payara Micro in demo mode, on loopback only. Ends with a call to paste; Ctrl-C stops it.
#   server-config/demo.sh [PORT]        PORT is 8080 unless given
# DIFERIDO_REGISTRY_FOLDER: where the jobs are kept (target/demo-registry-PORT). DIFERIDO_SKIP_BUILD=1: start what was built before.
set -u
cd "$(dirname "$0")/.." || exit 1
port=${1:-8080}
fail() { printf '%s\n' "$1" >&2; exit 1; }

[[ $port =~ ^[0-9]+$ ]] && ((port >= 1 && port <= 65535)) || fail "'$port' is not a port: give a number from 1 to 65535."
command -v java >/dev/null 2>&1 || fail 'Java is missing: install a JDK, 17 or newer, and put java on the PATH.'
version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
[ "${version:-0}" -ge 17 ] || fail "Java 17 or newer is needed; java on the PATH is ${version:-of an unknown version}."
# What was started last, to be stopped with this script: the build, then the server.
child=
stop() { [ -n "$child" ] && kill "$child" 2>/dev/null; wait 2>/dev/null; }
trap 'trap - EXIT; stop; exit 130' INT TERM
trap stop EXIT
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
listens && fail "Port $port is taken: stop what listens there, or give another one: server-config/demo.sh 8081"

if [ -z "${DIFERIDO_SKIP_BUILD:-}" ]; then
  command -v mvn >/dev/null 2>&1 || fail 'Maven is missing: install Maven 3.8 or newer and put mvn on the PATH.'
  command -v javac >/dev/null 2>&1 || fail 'The Java compiler is missing: install a JDK, 17 or newer (a JRE is not enough).'
  echo 'Building (the first time takes some minutes)...'
  mvn -q -B package -DskipTests &
  child=$!
  wait "$child" || fail 'The build failed; the reason is above.'
fi
[ -f target/ROOT.war ] && [ -f target/server/payara-micro.jar ] || fail 'Nothing is built: run without DIFERIDO_SKIP_BUILD.'

export DIFERIDO_DEMO=true
export DIFERIDO_REGISTRY_FOLDER=${DIFERIDO_REGISTRY_FOLDER:-$PWD/target/demo-registry-$port}
mkdir -p target
log=$PWD/target/demo-$port.log
echo "Starting Payara Micro (log: $log)..."
# Which JSON library Payara has it would look for at each token.
java -Xmx512m -Dorg.glassfish.startupThreadPolicy=USE_NO_THREADS -Djakarta.json.provider=org.eclipse.parsson.JsonProviderImpl -jar target/server/payara-micro.jar \
  --deploy target/ROOT.war --contextroot / --port "$port" --nohazelcast --disablephonehome \
  --prebootcommandfile <(cat server-config/payara/{loopback,http,closed}.asadmin) --postdeploycommandfile server-config/payara/open.asadmin >"$log" 2>&1 &
child=$!

# One request with nothing but bash; prints the answer's body.
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$1" "$port" >&3
  cat <&3
  exec 3<&-
}
for _ in $(seq 1 180); do
  kill -0 "$child" 2>/dev/null || { tail -n 20 "$log" >&2; fail 'The server ended; the end of its log is above.'; }
  grep -q 'Exception while loading the app' "$log" && fail "The service could not start: $(sed -n 's/^Caused by: java.lang.IllegalArgumentException: //p' "$log" | head -n 1) (all of it: $log)"
  grep -q 'another process has the registry' "$log" && fail "$(grep -o 'another process has the registry.*' "$log" | head -n 1): stop it, or set DIFERIDO_REGISTRY_FOLDER to another folder."
  get /health/ready 2>/dev/null | grep -q '"name":"diferido","status":"UP"' && ready=1 && break
  sleep 1
done
[ -n "${ready:-}" ] || fail "The service was not ready within three minutes; see $log."
token=$(get /demo/tokens | grep -o '"token":"[^"]*"' | head -n 1 | cut -d'"' -f4)
[ -n "$token" ] || fail "The server gave no demo token; see $log."

cat <<END

Diferido is ready at http://localhost:$port, in demo mode, for this machine only. Ctrl-C stops it.
Tokens for four made-up people: curl -s http://localhost:$port/demo/tokens
Paste this to run PKG_ETL.PROCESO_LARGO in the background (as ana.gomez), then look at the job it names:

TOKEN=$token
curl -s -X POST http://localhost:$port/procedure/async -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' -d '{"name":"PKG_ETL.PROCESO_LARGO","params":[{"name":"vFECHA","value":"2025-12-10"},{"name":"vRESULTADO","direction":"OUT","type":"number"}]}'; echo
curl -s http://localhost:$port/jobs -H "Authorization: Bearer \$TOKEN"; echo

Repeat the last line to see it advance; one job alone is at /jobs/ followed by its id.

END
wait "$child"
