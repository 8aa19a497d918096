#!/bin/bash
# apply_and_wait.sh JOB
# Called from common/k8s_job.dig only. Reads env, target_date and (if set) namespace from Digdag's parameters.
set -euo pipefail

job=$1
ns=${namespace:-batch}
suffix=$(date +%s)
name="$job-$suffix"
work=$(mktemp -d)

on_exit() {
  rc=$?
  # 失敗した Job は調査のために残す
  if [ "$rc" -eq 0 ]; then
    kubectl -n "$ns" delete job "$name"
  fi
  exit "$rc"
}
trap on_exit EXIT

curl -sSf -H "Authorization: token $GITHUB_TOKEN" \
  "https://raw.githubusercontent.com/tanuki-shop/batch-manifests/master/build/$env/$job.yaml" \
  | sed -e "s/@@SUFFIX@@/$suffix/g" \
        -e "s/@@TARGET_DATE@@/$target_date/g" \
        -e "s|@@SESSION_TIME@@|$session_time|g" > "$work/job.yaml"

gcloud container clusters get-credentials "batch-$env" --zone asia-northeast1-a --project "tanuki-$env"
kubectl -n "$ns" create -f "$work/job.yaml"

# complete だけを待つと失敗に気づけないので、短い wait を繰り返して failed も見る
until kubectl -n "$ns" wait --for=condition=complete --timeout=30s "job/$name"; do
  if [ "$(kubectl -n "$ns" get job "$name" -o 'jsonpath={.status.conditions[?(@.type=="Failed")].status}')" = "True" ]; then
    kubectl -n "$ns" logs "job/$name" -c main
    exit 1
  fi
done
kubectl -n "$ns" logs "job/$name" -c main
