render() {
  local file=$1 date=$2 yesterday=$3
  sed -e "s|__DATE__|${date}|g" -e "s|__YESTERDAY__|${yesterday}|g" -e "s|__SHOP__|${SHOP:-all}|g" "$file"
}

wait_for() {
  kubectl "${KUBE_ARGS[@]}" wait --for=condition=complete --timeout="$2" "job/$1" &
  local complete=$!
  kubectl "${KUBE_ARGS[@]}" wait --for=condition=failed --timeout="$2" "job/$1" && exit 1 &
  wait -n "$complete" $!
}
