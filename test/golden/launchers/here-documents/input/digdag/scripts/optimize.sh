#!/bin/bash
set -eu
table=$1
cat > /tmp/optimize.yaml <<-YAML
	apiVersion: batch/v1
	kind: Job
	metadata:
	  name: optimize-$table
	  namespace: batch
	spec:
	  backoffLimit: 1
	  template:
	    spec:
	      restartPolicy: Never
	      containers:
	      - name: main
	        image: example.test/optimize:1.0
	        command: ["sh", "-c", "/app/optimize --table=$table --date=$2 --home=\$HOME"]
	YAML
kubectl --context batch-prd apply -f /tmp/optimize.yaml
kubectl --context batch-prd wait --for=condition=complete --timeout=1h "job/optimize-$table" -n batch
