# Shared by the stand-ins. State of one `sh>` lives in $RECORD_DIR:
#   events/NNN.args   one recorded call, arguments ended by NUL
#   events/NNN.file   the manifest that came with it
#   clock             virtual seconds slept so far;  polls  number of waits so far
#   unknown           what a stand-in could not answer: the recorder stops on it
shopt -s nullglob

record() { # record [-f FILE] WORD...: prints nothing, adds one event
  local file=
  if [ "$1" = -f ]; then file=$2; shift 2; fi
  local events=("$RECORD_DIR"/events/*.args)
  local number
  printf -v number %03d "${#events[@]}"
  if [ -n "$file" ]; then cat "$file" > "$RECORD_DIR/events/$number.file"; fi
  printf '%s\0' "$@" > "$RECORD_DIR/events/$number.args"
}

unknown() {
  printf '%s\n' "$*" >> "$RECORD_DIR/unknown"
  exit 97
}

# A launcher that is still waiting after this many waits is taken to have no limit of its own.
MAX_POLLS=150

pass_time() { # pass_time SECONDS
  local clock polls
  clock=$(<"$RECORD_DIR/clock"); polls=$(<"$RECORD_DIR/polls")
  echo $((clock + $1)) > "$RECORD_DIR/clock"
  echo $((polls + 1)) > "$RECORD_DIR/polls"
  if [ "$polls" -ge "$MAX_POLLS" ]; then
    : > "$RECORD_DIR/forever"
    kill -KILL 0
  fi
}

seconds() { # 7200s, 30m, 4h, 90 -> seconds
  case "$1" in
    *[!0-9smh]*|'') unknown "duration $1" ;;
    *h) echo $((${1%h} * 3600)) ;;
    *m) echo $((${1%m} * 60)) ;;
    *) echo "${1%s}" ;;
  esac
}

# The rendered manifest behind a URL: $RECORD_DOWNLOADS holds the accepted prefixes, one per line.
manifest_of() { # manifest_of URL
  local prefix rest=${1%\?ref=master}
  while IFS= read -r prefix; do
    case "$rest" in
      "$prefix"*)
        if [ -f "$RECORD_BUILD/${rest#"$prefix"}" ]; then echo "$RECORD_BUILD/${rest#"$prefix"}"; return 0; fi
        return 1
        ;;
    esac
  done <<< "$RECORD_DOWNLOADS"
  unknown "download $1"
}
