set -e
helm template ./chart --set date=$1 | kubectl apply -f -
