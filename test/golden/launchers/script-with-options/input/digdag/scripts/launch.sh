#!/usr/bin/env bash
set -euo pipefail
DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$DIR/lib/kube.sh"

usage() {
  echo "usage: $0 -j JOB -e ENV -d DATE [-t TIMEOUT]" >&2
  exit 1
}

TIMEOUT=30m
while getopts "j:e:d:t:h" opt; do
  case "$opt" in
    j) JOB="$OPTARG" ;;
    e) TARGET_ENV="$OPTARG" ;;
    d) DATE="$OPTARG" ;;
    t) TIMEOUT="$OPTARG" ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[[ -n "${JOB:-}" && -n "${DATE:-}" ]] || usage

declare -A CLUSTERS=([prd]=batch-prd [dev]=batch-dev)
KUBE_ARGS=(--context "${CLUSTERS[$TARGET_ENV]}" -n "batch-${TARGET_ENV}")
YESTERDAY=$(date -d "$DATE 1 day ago" +%Y%m%d)

main() {
  local manifest="$DIR/../../manifests/$TARGET_ENV/$JOB.yaml"
  render "$manifest" "$DATE" "$YESTERDAY" | kubectl "${KUBE_ARGS[@]}" create -f -
  wait_for "$JOB" "$TIMEOUT"
}
main
