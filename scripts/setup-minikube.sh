#!/usr/bin/env bash
# Installs Minikube, kubectl and Helm where they are missing, and starts a cluster on which the application can be deployed.
set -euo pipefail

# A cluster of its own, so that no other one of the user is touched; the harness's provider "minikube" uses the same.
profile=kubewright
host=todo-app.local
cpus=4
memory=8192
driver=
bin_dir=

usage() {
  cat <<END
Usage: scripts/setup-minikube.sh [OPTION...]

Installs Minikube, kubectl and Helm where they are missing, starts the Minikube cluster "$profile", enables its addons ingress and
metrics-server, and waits until both answer. Safe to repeat: what is there already is left as it is.

Options:
  --cpus N         cores of the cluster (default: $cpus)
  --memory MIB     memory of the cluster, in MiB (default: $memory)
  --driver NAME    what the cluster runs in, such as docker or kvm2 (default: what Minikube finds)
  --bin-dir DIR    where missing programs go (default: /usr/local/bin if you may write there, else ~/.local/bin)
  --help           print this
END
}

fail() { # fail MESSAGE
  echo "error: $1" >&2
  exit 1
}

say() { echo "▸ $1"; }

number() { # number OPTION VALUE LEAST
  [[ $2 =~ ^[0-9]+$ ]] && [ "$2" -ge "$3" ] || fail "$1 needs a number of at least $3, not \"$2\""
}

while [ "$#" -gt 0 ]; do
  option=$1
  case $option in
    --help | -h)
      usage
      exit 0
      ;;
    --cpus | --memory | --driver | --bin-dir)
      [ "$#" -ge 2 ] || fail "$option needs a value; see scripts/setup-minikube.sh --help"
      case $option in
        --cpus) cpus=$2 ;;
        --memory) memory=$2 ;;
        --driver) driver=$2 ;;
        --bin-dir) bin_dir=$2 ;;
      esac
      shift 2
      ;;
    *) fail "there is no option \"$option\"; see scripts/setup-minikube.sh --help" ;;
  esac
done
# Kubernetes itself does not start with less.
number --cpus "$cpus" 2
number --memory "$memory" 1800

# --- The machine ----------------------------------------------------------------------------------------------------------------------

case $(uname -s) in
  Linux) os=linux ;;
  Darwin) os=darwin ;;
  *) fail "this is $(uname -s); Minikube is installed by this script on Linux and macOS only" ;;
esac
case $(uname -m) in
  x86_64 | amd64) arch=amd64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) fail "there is no Minikube for $(uname -m)" ;;
esac

system() ( # prints name and version of a Linux, such as "debian 12"
  . /etc/os-release 2>/dev/null || true
  echo "${ID-} ${VERSION_ID-}"
)

# Said before anything is installed, and again at the end, in place of what comes next.
next='Next: scripts/deploy.sh'
if [ "$os" != linux ] || [ "$arch" != amd64 ] || [ "$(system)" != 'debian 12' ] || [ "$(id -u)" -ne 0 ]; then
  next="scripts/deploy.sh cannot deploy to this cluster: it builds images, which takes root, and Debian 12 on x86-64. To deploy, run
this script and then that one as root on such a machine. The cluster itself is good for kubectl and Helm."
  say "$next"
fi

if [ -z "$bin_dir" ]; then
  if [ -w /usr/local/bin ]; then bin_dir=/usr/local/bin; else bin_dir=$HOME/.local/bin; fi
fi
path_before=$PATH
PATH=$PATH:$bin_dir

check_driver() {
  [ -z "$driver" ] || return 0
  if command -v docker >/dev/null; then
    docker info >/dev/null 2>&1 ||
      fail 'Docker is installed and does not answer: start it (systemctl start docker), and see that you may use it (docker info)'
    return 0
  fi
  local candidate
  for candidate in podman virsh qemu-system-x86_64 qemu-system-aarch64 VBoxManage vfkit prlctl; do
    if command -v "$candidate" >/dev/null; then return 0; fi
  done
  fail 'there is nothing that a cluster could run in: install Docker, or a hypervisor that Minikube knows, and run this again'
}

check_machine() {
  local cores mib
  if [ "$os" = linux ]; then
    cores=$(nproc)
    mib=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1024))
  else
    cores=$(sysctl -n hw.ncpu)
    mib=$(($(sysctl -n hw.memsize) / 1048576))
  fi
  [ "$cores" -ge "$cpus" ] ||
    fail "the cluster is to have $cpus CPUs, and this machine has $cores; use a larger one, or ask for less with --cpus"
  [ "$mib" -ge "$memory" ] ||
    fail "the cluster is to have $memory MiB of memory, and this machine has $mib; use a larger one, or ask for less with --memory"
}

mini() { minikube --profile "$profile" "$@"; }
kube() { kubectl --context "$profile" "$@"; }

runs=
if command -v minikube >/dev/null && mini status >/dev/null 2>&1; then
  runs=1
else
  check_driver
  check_machine
fi

# --- The programs ---------------------------------------------------------------------------------------------------------------------

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch URL: prints what is there
  curl --fail --silent --show-error --location --retry 3 "$1" ||
    fail "could not download $1: see curl's message above; this needs a connection to the internet"
}

sha256() { # sha256 FILE
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum --algorithm 256 "$1"; fi | cut -d ' ' -f 1
}

download() { # download URL FILE CHECKSUM_URL: only a file that is what its project published
  fetch "$1" >"$2"
  local published actual
  published=$(fetch "$3" | head -n 1 | cut -d ' ' -f 1)
  actual=$(sha256 "$2")
  [ "$published" = "$actual" ] || fail "$1 has the checksum $actual, and its project published $published; it was not installed"
}

install_program() { # install_program FILE NAME
  mkdir -p "$bin_dir" 2>/dev/null && [ -w "$bin_dir" ] || fail "$bin_dir cannot be written to; name another folder with --bin-dir"
  chmod 755 "$1"
  mv "$1" "$bin_dir/$2"
}

install_minikube() {
  local url=https://storage.googleapis.com/minikube/releases/latest/minikube-$os-$arch
  download "$url" "$work/minikube" "$url.sha256"
  install_program "$work/minikube" minikube
}

install_kubectl() {
  local version url
  version=$(fetch https://dl.k8s.io/release/stable.txt)
  url=https://dl.k8s.io/release/$version/bin/$os/$arch/kubectl
  download "$url" "$work/kubectl" "$url.sha256"
  install_program "$work/kubectl" kubectl
}

install_helm() {
  local version url
  version=$(fetch https://get.helm.sh/helm-latest-version)
  url=https://get.helm.sh/helm-$version-$os-$arch.tar.gz
  download "$url" "$work/helm.tar.gz" "$url.sha256sum"
  tar --extract --gzip --file="$work/helm.tar.gz" --directory="$work" "$os-$arch/helm"
  install_program "$work/$os-$arch/helm" helm
}

need_curl() {
  command -v curl >/dev/null && return 0
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || fail 'curl is needed for downloading; install it and run this again'
  "$(dirname "$0")/install-packages.sh" ca-certificates curl
}

for program in minikube kubectl helm; do
  if command -v "$program" >/dev/null; then
    say "$program is there: $(command -v "$program")"
  else
    need_curl
    say "Install $program into $bin_dir"
    "install_$program"
  fi
done

# --- The cluster ----------------------------------------------------------------------------------------------------------------------

if [ -n "$runs" ]; then
  say "The cluster $profile runs"
else
  say "Start the cluster $profile: $cpus CPUs, $memory MiB"
  arguments=(--cpus "$cpus" --memory "$memory" --wait all --interactive=false --keep-context)
  [ -z "$driver" ] || arguments+=(--driver "$driver")
  # Root is refused the docker driver unless it insists.
  [ "$(id -u)" -ne 0 ] || arguments+=(--force)
  mini start "${arguments[@]}" ||
    fail "Minikube did not start; see its message above, and: minikube --profile $profile logs. To begin anew: minikube --profile $profile delete"
fi

# A cluster that was made before keeps its size, whatever is asked for now. Where it is a container, its node shows all that this machine has.
profiles=$(mini profile list --output json)
[[ $profiles =~ \"Name\":\"$profile\"[^{}]*\"Memory\":([0-9]+),\"CPUs\":([0-9]+) ]] ||
  fail "Minikube does not say how large its profile $profile is; see: minikube profile list --output json"
has_memory=${BASH_REMATCH[1]} has_cpus=${BASH_REMATCH[2]}
[ "$has_cpus" -ge "$cpus" ] && [ "$has_memory" -ge "$memory" ] ||
  fail "the cluster $profile was made with $has_cpus CPUs and $has_memory MiB; to make it anew with $cpus and $memory: minikube --profile $profile delete, and run this again"

for addon in ingress metrics-server; do
  say "Addon $addon"
  mini addons enable "$addon" || fail "the addon $addon could not be enabled; see: minikube --profile $profile addons list"
done

say 'Wait until both answer'
kube --namespace ingress-nginx rollout status deployment/ingress-nginx-controller --timeout=300s ||
  fail "the ingress controller is not ready; see: kubectl --context $profile --namespace ingress-nginx describe pods"
kube wait --for=condition=Available apiservice/v1beta1.metrics.k8s.io --timeout=300s ||
  fail "the metrics are not available; see: kubectl --context $profile --namespace kube-system describe deployment metrics-server"
address=$(mini ip)

cat <<END

The cluster $profile is ready: $has_cpus CPUs, $has_memory MiB, ingress at http://$address/, kubectl context "$profile"
(your current context is the one that it was).
For a browser on this machine, add this line to /etc/hosts:
  $address $host
$next
END
case :$path_before: in
  *":$bin_dir:"*) ;;
  *) echo "Programs were looked for in $bin_dir too, which is not on your PATH; add it: export PATH=\"\$PATH:$bin_dir\"" ;;
esac
