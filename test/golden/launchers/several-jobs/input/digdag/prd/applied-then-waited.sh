#!/bin/sh
set -e
kubectl config use-context batch
for job in a b; do
  kubectl apply -f jobs/$job.yaml
done
for job in a b; do
  kubectl -n batch wait --for=condition=complete --timeout=3600s job/$job
done
