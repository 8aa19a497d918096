#!/bin/bash
set -e
Y=$(curl -sf https://h/$env/$1.yaml | sed "s/__DATE__/$2/")
printf "%s\n" "$Y" | sed -e "s/__SUFFIX__/${2//-/}/" -e s/__MODE__/full/ > /tmp/y
kubectl --context c-$env apply -f /tmp/y
kubectl --context c-$env -n jobs wait --for=condition=complete --timeout=1h job/j-${2//-/}
