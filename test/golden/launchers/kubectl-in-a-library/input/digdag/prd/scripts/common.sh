CTX="c-$env"
K="kubectl --context=$CTX --namespace=jobs"

run_and_wait() {
    $K apply -f "$1"
    n=0
    while :; do
        s=$($K get job "$2" -o 'jsonpath={.status.succeeded}/{.status.failed}')
        case "$s" in
            1/*) break ;;
            */1) $K logs "job/$2"; return 1 ;;
        esac
        n=`expr $n + 1`
        if [ $n -gt 360 ]; then echo timeout; return 1; fi
        sleep 10
    done
    $K logs "job/$2"
    $K delete -f "$1"
}
