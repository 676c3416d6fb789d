#!/bin/bash
# The NAT instance. Its first start runs this file as user data; from then on systemd runs it: "nat start" at every start, "nat check" every minute.
# An instance that does not forward traffic takes its network interface down: EC2's instance status check then fails, and with it the alarm
# that tells people and reboots the instance, which starts over.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
set -euo pipefail

# Set by the tests only: a folder in place of /, and no waiting.
root="${NAT_ROOT:-}"
wait_seconds="${NAT_WAIT_SECONDS:-10}"

probe='@PROBE@'
attempts=30
checks_that_may_fail=5
failures="$root/run/nat-failures"

interface="$(ip -oneline -4 route show default | sed -n '1s/.* dev \([^ ]*\).*/\1/p')"

say() { printf 'nat: %s\n' "$*"; }

give_up() {
  say "$*; taking $interface down" | tee "$root/dev/console"
  ip link set dev "$interface" down
  exit 1
}

# dnf needs more memory than an instance of 512 MiB has free: https://github.com/amazonlinux/amazon-linux-2023/issues/404
add_swap() {
  local file="$root/swapfile"
  if [[ ! -e "$file" ]]; then
    dd if=/dev/zero of="$file.new" bs=1M count=512 status=none
    chmod 600 "$file.new"
    mkswap "$file.new" >/dev/null
    mv "$file.new" "$file"
  fi
  grep -q "^$file " "$root/proc/swaps" || swapon "$file"
}

# Amazon Linux 2023 has no iptables: https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
# The address may not be there in the first seconds, hence the repetition.
install_iptables() {
  local attempt
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    if command -v iptables >/dev/null || dnf install --quiet --assumeyes --setopt=install_weak_deps=False iptables-services; then return 0; fi
    say "iptables could not be installed, attempt $attempt of $attempts"
    sleep "$wait_seconds"
  done
  return 1
}

forward() {
  sysctl --quiet --write net.ipv4.ip_forward=1
  iptables -P FORWARD ACCEPT
  iptables -t nat -C POSTROUTING -o "$interface" -j MASQUERADE 2>/dev/null || iptables -t nat -A POSTROUTING -o "$interface" -j MASQUERADE
}

start() {
  add_swap || say "no swap could be added"
  install_iptables || give_up "iptables could not be installed"
  forward || give_up "traffic cannot be forwarded"
  say "forwarding by $interface"
}

forwards() {
  [[ "$(cat "$root/proc/sys/net/ipv4/ip_forward")" == 1 ]] && iptables -t nat -C POSTROUTING -o "$interface" -j MASQUERADE 2>/dev/null
}

check() {
  local count
  forwards || forward || true
  if forwards && curl --silent --output /dev/null --max-time 10 "$probe"; then
    rm -f "$failures"
    return 0
  fi
  count=$(($(cat "$failures" 2>/dev/null || echo 0) + 1))
  echo "$count" >"$failures"
  say "$probe is not reached, or traffic is not forwarded: check $count of $checks_that_may_fail"
  ((count < checks_that_may_fail)) || give_up "$count checks in a row have failed"
}

unit() { cat >"$root/etc/systemd/system/$1"; }

install_units() {
  install -m 755 "$0" "$root/usr/local/sbin/nat"
  unit nat.service <<'UNIT'
[Unit]
Description=NAT for the private subnets
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/nat start

[Install]
WantedBy=multi-user.target
UNIT
  unit nat-check.service <<'UNIT'
[Unit]
Description=Check of the NAT for the private subnets

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/nat check
UNIT
  # The first check follows the start's own attempts.
  unit nat-check.timer <<'UNIT'
[Unit]
Description=Check of the NAT for the private subnets, every minute

[Timer]
OnBootSec=10min
OnUnitInactiveSec=1min

[Install]
WantedBy=timers.target
UNIT
  systemctl daemon-reload
  systemctl enable --now nat-check.timer
  systemctl enable --now nat.service
}

case "${1:-install}" in
  start) start ;;
  check) check ;;
  install) install_units ;;
  *) say "unknown: $1; available: start, check, install" && exit 2 ;;
esac
