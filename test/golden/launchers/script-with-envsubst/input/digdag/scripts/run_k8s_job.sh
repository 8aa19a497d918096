#!/bin/bash
set -e
export JOB_NAME=$1
export ENVIRONMENT=$2
export TARGET_DATE=${3//-/}
tmp=$(mktemp)
trap "rm -f $tmp" EXIT
envsubst '$JOB_NAME $ENVIRONMENT ${TARGET_DATE}' < ../../manifests/rank.yaml > "$tmp"
gcloud container clusters get-credentials "batch-$ENVIRONMENT" --zone asia-northeast1-a --project acme
kubectl apply -f "$tmp"
for i in $(seq 1 120); do
  status=$(kubectl get job "$JOB_NAME" -n batch -o jsonpath='{.status.conditions[0].type}')
  if [ "$status" = "Complete" ]; then break; fi
  if [ "$status" = "Failed" ]; then kubectl logs "job/$JOB_NAME" -n batch; exit 1; fi
  sleep 30
done
kubectl delete -f "$tmp"
