set -e
perl -pe 's/__DATE__/'$2'/g' perl.yaml | kubectl --context batch-prd apply -f -
