set -eu
kubectl --context batch-prd -n batch create job --from=cronjob/cleanup cleanup-$1
kubectl --context batch-prd -n batch wait --for=condition=complete --timeout=15m job/cleanup-$1
