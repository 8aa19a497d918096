#!/bin/bash
# db_job.sh TASK DATE : runs one maintenance task against the shop database.
# マニフェストはこのスクリプトの中にある (batch-manifests にはない)。タスクを足すときは下の case に書く。
set -euo pipefail

task=$1
date=$2

case "$task" in
  optimize)
    memory=1Gi
    deadline=14400
    ;;
  archive-sessions)
    memory=512Mi
    deadline=7200
    ;;
  *)
    echo "unknown task: $task" >&2
    exit 2
    ;;
esac
name="db-$task-$(date +%s)"

gcloud container clusters get-credentials "batch-$env" --zone asia-northeast1-a --project "tanuki-$env"
cat <<EOF | kubectl -n batch apply -f -
apiVersion: batch/v1
kind: Job
metadata:
  name: $name
  namespace: batch
  labels:
    app: db-$task
    team: sre
spec:
  backoffLimit: 0
  activeDeadlineSeconds: $deadline
  template:
    metadata:
      labels:
        app: db-$task
        team: sre
    spec:
      restartPolicy: Never
      serviceAccountName: batch-runner
      containers:
        - name: main
          image: asia.gcr.io/tanuki-common/db-tools:$DB_TOOLS_TAG
          command: [/usr/local/bin/db-task]
          args: ["$task", "--date=$date", "--env=$env"]
          env:
            - name: MYSQL_HOST
              value: mysql-primary.$env.tanuki.internal
            - name: MYSQL_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: mysql-maintenance
                  key: password
          resources:
            requests:
              cpu: 250m
              memory: $memory
            limits:
              memory: $memory
EOF
kubectl -n batch wait --for=condition=complete --timeout=4h "job/$name"
kubectl -n batch logs "job/$name"
kubectl -n batch delete "job/$name"
