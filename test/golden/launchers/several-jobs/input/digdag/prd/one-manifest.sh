#!/bin/sh
set -e
kubectl config use-context batch
kubectl apply -f jobs/both.yaml
kubectl -n batch wait --for=condition=complete --timeout=3600s job/a
kubectl -n batch wait --for=condition=complete --timeout=3600s job/b
