# Starts Redis with a configuration on its standard input, so that the password is in no argument and in no file. Redis gets its
# SHA-256 only, which also spares the quoting that a password could need. Runs in the sh of Debian and of Alpine.
set -eu
: "${REDIS_PASSWORD:?is empty; set the key REDIS_PASSWORD of the Secret}"
hash=$(printf '%s' "$REDIS_PASSWORD" | sha256sum)
exec redis-server - <<CONFIG
port 6379
bind * -::*
dir ${REDIS_DATA:-/data}
user default on #${hash%% *} ~* &* +@all
appendonly yes
appendfsync everysec
save ""
maxmemory $REDIS_MAX_MEMORY
maxmemory-policy $REDIS_MAX_MEMORY_POLICY
CONFIG
