set -e
jinja2 jinja.yaml.j2 values-$1.yaml -D date=$2 -D env=$1 | kubectl --context batch-prd apply -f -
