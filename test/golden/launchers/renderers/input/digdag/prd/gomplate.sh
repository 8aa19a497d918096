set -e
export DATE=$2
gomplate -f gomplate.tmpl -o /tmp/g.yaml
kubectl --context batch-prd apply -f /tmp/g.yaml
