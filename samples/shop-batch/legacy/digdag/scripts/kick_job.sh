#!/bin/bash
# 旧ランチャー (2020 年から)。新しいジョブは run_k8s_job.sh か common/k8s_job を使うこと。
#
#   kick_job.sh <job> <target date>
#
# env と K8S_NAMESPACE は Digdag の _export から環境変数として渡ってくる。
# Everything Digdag exports is visible to envsubst too, so a template may use ${session_time} and friends.
set -eu

export JOB_NAME=$1
export TARGET_DATE=$2
export JOB_SUFFIX=$(date +%Y%m%d%H%M%S)
job="$JOB_NAME-$JOB_SUFFIX"

cleanup() {
  kubectl delete job "$job" -n "$K8S_NAMESPACE" --ignore-not-found
}

cd "$(mktemp -d)"
curl -sf -H "Authorization: token ${GITHUB_TOKEN}" -H "Accept: application/vnd.github.v3.raw" \
  -o template.yaml "https://api.github.com/repos/tanuki-shop/batch-manifests/contents/build/${env}/${JOB_NAME}.yaml?ref=master"
envsubst < template.yaml > job.yaml

gcloud container clusters get-credentials "batch-${env}" --zone asia-northeast1-a --project "tanuki-${env}"
kubectl apply -n "$K8S_NAMESPACE" -f job.yaml
trap cleanup EXIT

# kubectl wait がなかった頃のやり方のまま。上限はない (Job の activeDeadlineSeconds に頼る)
while :; do
  status=$(kubectl get job "$job" -n "$K8S_NAMESPACE" -o 'jsonpath={.status.conditions[0].type}')
  case "$status" in
    Complete)
      break
      ;;
    Failed)
      echo "$job failed" >&2
      kubectl logs "job/$job" -n "$K8S_NAMESPACE" -c main >&2
      exit 1
      ;;
  esac
  sleep 15
done

kubectl logs "job/$job" -n "$K8S_NAMESPACE" -c main
