set -e
manifest=$(< shell.yaml)
kubectl --context batch-prd apply -f - <<< "${manifest//__DATE__/$2}"
