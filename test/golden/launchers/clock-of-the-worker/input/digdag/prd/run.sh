set -e
stamp=$(date +%s)
sed -e "s/__STAMP__/$stamp/" -e "s/__DAY__/$(date +%F)/" job.yaml > /tmp/job.yaml
kubectl --context c-prd apply -f /tmp/job.yaml
kubectl --context c-prd wait --for=condition=complete --timeout=1h "job/job-$stamp"
