#!/bin/bash
# run_k8s_job.sh JOB ENV TARGET_DATE [NAMESPACE]
# K8s の Job を 1 つ起動して、終わるまで待つ。
# マニフェストは batch-manifests リポジトリの CI が build/<env>/ に置いたもの。毎回最新を取りに行く。
set -euo pipefail

JOB=$1
ENV=$2
TARGET_DATE=$3
NAMESPACE=${4:-batch}
SUFFIX=$(date +%s)

cd "$(mktemp -d)"
curl -sfH "Authorization: token $GITHUB_TOKEN" \
  "https://raw.githubusercontent.com/tanuki-shop/batch-manifests/master/build/$ENV/$JOB.yaml" -o job.yaml
sed -i -e "s/__SUFFIX__/$SUFFIX/g" -e "s/__TARGET_DATE__/$TARGET_DATE/g" job.yaml

gcloud container clusters get-credentials "batch-$ENV" --project "tanuki-$ENV" --zone asia-northeast1-a
kubectl -n "$NAMESPACE" apply -f job.yaml
kubectl -n "$NAMESPACE" wait --for=condition=complete --timeout=7200s "job/$JOB-$SUFFIX"
kubectl -n "$NAMESPACE" logs "job/$JOB-$SUFFIX" -c main
kubectl -n "$NAMESPACE" delete "job/$JOB-$SUFFIX"
