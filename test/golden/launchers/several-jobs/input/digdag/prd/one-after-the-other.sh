#!/bin/sh
set -e
kubectl config use-context batch
kubectl apply -f jobs/a.yaml
kubectl -n batch wait --for=condition=complete --timeout=3600s job/a
kubectl apply -f jobs/b.yaml
kubectl -n batch wait --for=condition=complete --timeout=3600s job/b
kubectl apply -f jobs/c.yaml
kubectl -n batch wait --for=condition=complete --timeout=3600s job/c
