#!/usr/bin/env bash
# Runs PKG_REPORTES.GENERAR_MENSUAL and leaves its rows in a file, with curl alone.
#   reporte.sh http://localhost:8080 TOKEN ventas.csv
set -euo pipefail
base=$1 token=$2 file=$3
ask() { curl -sS --fail-with-body -H "Authorization: Bearer $token" "$@"; }
# The first member of that name: those of the job come before its result.
member() { grep -o "\"$1\":\"[^\"]*\"" | sed -n "1s/.*:\"\(.*\)\"/\1/p"; }

# The key makes a call that is sent again (a timeout, say) the same job.
key=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
id=$(ask -H 'Content-Type: application/json' -H "Idempotency-Key: $key" "$base/procedure/async" \
  -d '{"name":"PKG_REPORTES.GENERAR_MENSUAL","params":[{"name":"vMES","value":12},{"name":"vANIO","value":2025}]}' | member job_id)
echo "job $id"

status=pending
while [ "$status" = pending ] || [ "$status" = running ]; do
  status=$(ask "$base/jobs/$id?wait=30" | member status)
  echo "$status"
done
[ "$status" = completed ]

ask -H 'Accept: text/csv' -o "$file" "$base/jobs/$id/results/result_set_1"
echo "rows in $file"
