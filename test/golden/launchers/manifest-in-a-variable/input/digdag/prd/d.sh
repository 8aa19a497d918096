#!/bin/bash
set -e
Y=$(curl -sf https://h/$env/$1.yaml)
cat <<EOF | sed -e "s/__SUFFIX__/${2//-/}/" -e s/__MODE__/full/ -e "s/__DATE__/$2/" | kubectl --context c-$env apply -f -
$Y
EOF
kubectl --context c-$env -n jobs wait --for=condition=complete --timeout=1h job/j-${2//-/}
