#!/bin/sh
set -e
kubectl config use-context batch
run_job() {
  kubectl apply -f "jobs/$1.yaml"
  kubectl -n batch wait --for=condition=complete --timeout=3600s job/$1
}
run_job a &
run_job b &
wait
run_job c
