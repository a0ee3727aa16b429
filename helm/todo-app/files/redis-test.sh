# Asks Redis, over its Service, what only a working one answers: that it keeps what is written, on disk, and from nobody but those who
# know the password. redis-cli finds the password in REDISCLI_AUTH.
set -eu
host=${REDIS_TEST_HOST:-redis-service}
key=helm-test:$$
failed=0
expect() { # name, expected, actual
  if [ "$2" = "$3" ]; then echo "ok  $1"; else echo "FAILED  $1: expected '$2', got '$3'"; failed=1; fi
}
redis() { redis-cli -h "$host" "$@" 2>&1 || true; }

expect 'answers' PONG "$(redis ping)"
expect 'takes a key' OK "$(redis set "$key" kept ex 60)"
expect 'gives it back' kept "$(redis get "$key")"
expect 'forgets it when told to' 1 "$(redis del "$key")"
case $(redis info persistence) in
  *aof_enabled:1*) aof=on ;;
  *) aof=off ;;
esac
expect 'appends to a file' on "$aof"
unset REDISCLI_AUTH
case $(redis ping) in
  NOAUTH*) guarded=refused ;;
  *) guarded=served ;;
esac
expect 'without the password' refused "$guarded"
exit "$failed"
