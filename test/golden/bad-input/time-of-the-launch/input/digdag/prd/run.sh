set -e
stamp=$(TZ=Asia/Tokyo date +%Y%m%d%H%M)
sed -e "s/__STAMP__/$stamp/" -e "s/__DAY__/$(TZ=Asia/Tokyo date +%F)/" job.yaml > /tmp/job.yaml
kubectl --context c-prd apply -f /tmp/job.yaml
kubectl --context c-prd wait --for=condition=complete --timeout=1h "job/job-$stamp"
