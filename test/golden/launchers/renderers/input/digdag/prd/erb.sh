set -e
DATE=$2 erb env=$1 erb.yaml.erb | kubectl --context batch-prd create -f -
