#!/usr/bin/env bash
# One turn of an environment's schedule: runtime is woken or put to sleep. CodeBuild runs this file as it stands, and so do the tests.
# What it works on comes in variables, set by the build project:
#   ACTION             wake, sleep, or auto: what the timetable says at this time
#   OVERRIDE           what the parameter schedule/override holds: none, or "awake until 2026-12-01T22:00Z", or "asleep until …"
#   MODE               destroy: Terraform takes runtime away and brings it back; scale: services go to no task and come back
#   TIMEZONE, WAKE, SLEEP, DAYS   the timetable: Europe/Berlin, 08:00, 20:00, "1 2 3 4 5" (1 is Monday)
#   ONE_TIME_SCHEDULE  takes the next turn when an override ends: parameters of CreateSchedule, without the time in "at()"
#   TERRAFORM_VERSION, TERRAFORM_SHA256   for destroy: the release to use, and its checksum for linux_arm64
#   SERVICES           for scale: a line for each service: cluster, service, tasks, and fewest and most tasks or - -
# For destroy, it starts in a folder with what the last deployment stored: cdk.tf.json, .terraform.lock.hcl, manifest.json, SHA256SUMS.
set -euo pipefail

say() { printf 'cycle: %s\n' "$*"; }
fail() { printf 'cycle: %s\n' "$*" >&2; exit 1; }

now="${NOW:-$(date +%s)}"

by_timetable() {
  local zones="${TZDIR:-/usr/share/zoneinfo}" day time
  # Without its file a zone is silently taken for UTC.
  [[ -e "$zones/$TIMEZONE" ]] || dnf install --quiet --assumeyes tzdata >/dev/null 2>&1 || true
  [[ -e "$zones/$TIMEZONE" ]] || fail "there is no time zone $TIMEZONE below $zones; the image needs the package tzdata, and it could not be installed"
  read -r day time < <(TZ="$TIMEZONE" date -d "@$now" '+%u %H:%M')
  if [[ " $DAYS " == *" $day "* && ! "$time" < "$WAKE" && "$time" < "$SLEEP" ]]; then echo awake; else echo asleep; fi
}

# Sets override_word and override_end where an override is in force.
read_override() {
  local form='^(awake|asleep) until ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z)$'
  override_word='' override_end=''
  [[ "$OVERRIDE" != none ]] || return 0
  if [[ "$OVERRIDE" =~ $form ]]; then
    local word="${BASH_REMATCH[1]}" end
    if end="$(date -u -d "${BASH_REMATCH[2]}" +%s 2>/dev/null)"; then
      if ((end <= now)); then
        say "the override \"$OVERRIDE\" has ended"
      else
        override_word="$word" override_end="$end"
      fi
      return 0
    fi
  fi
  say "the override \"$OVERRIDE\" is taken for none: it is not \"none\", \"awake until 2026-12-01T22:00Z\" or \"asleep until 2026-12-01T22:00Z\""
}

# The turn after an override: what the timetable says then.
schedule_turn_at() {
  local at input
  at="at($(date -u -d "@$1" +%Y-%m-%dT%H:%M:%S))"
  input="${ONE_TIME_SCHEDULE/"at()"/"$at"}"
  aws scheduler create-schedule --cli-input-json "$input" >/dev/null 2>&1 ||
    aws scheduler update-schedule --cli-input-json "$input" >/dev/null ||
    fail "no schedule for the end of the override could be made"
}

get_terraform() {
  local version zip
  if command -v terraform >/dev/null; then
    version="$(terraform version -json 2>/dev/null | sed -n 's/.*"terraform_version": *"\([^"]*\)".*/\1/p')"
    [[ "$version" != "$TERRAFORM_VERSION" ]] || return 0
  fi
  zip="terraform_${TERRAFORM_VERSION}_linux_arm64.zip"
  curl --fail --silent --show-error --location --retry 3 --output "$tools/$zip" \
    "${TERRAFORM_RELEASES:-https://releases.hashicorp.com/terraform}/$TERRAFORM_VERSION/$zip" || fail "Terraform $TERRAFORM_VERSION could not be fetched"
  printf '%s  %s\n' "$TERRAFORM_SHA256" "$tools/$zip" | sha256sum --check --status || fail "$zip is not what its checksum says; it is not run"
  unzip -q -o "$tools/$zip" terraform -d "$tools" && chmod +x "$tools/terraform"
  PATH="$tools:$PATH"
}

apply_with_terraform() {
  [[ -f cdk.tf.json ]] || fail "there is no stored deployment; run ./infra deploy for this environment"
  sha256sum --check --status SHA256SUMS || fail "the stored deployment is not what its checksums say; it is not applied"
  say "stored deployment: $(tr -d '\n' <manifest.json)"
  get_terraform
  export TF_INPUT=0 TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
  terraform init -no-color -lockfile=readonly
  local attempt status
  local -a destroy=()
  [[ "$1" == awake ]] || destroy=(-destroy)
  # CodeBuild runs several builds at once; the state's lock puts them in order, and a plan that another build has made stale is made again.
  for attempt in 1 2 3; do
    status=0
    terraform plan -no-color -lock-timeout=20m -detailed-exitcode -out "$tools/plan" ${destroy[@]+"${destroy[@]}"} || status=$?
    case $status in
      0) say "nothing to do: runtime is $1 already" && break ;;
      2) ;;
      *) fail "terraform plan failed" ;;
    esac
    if terraform apply -no-color -lock-timeout=20m "$tools/plan" 2>&1 | tee "$tools/apply.log"; then break; fi
    grep -q 'Saved plan is stale' "$tools/apply.log" || fail "terraform apply failed"
    say "another build has changed runtime since the plan: plan $attempt of 3 is stale"
    ((attempt < 3)) || fail "three plans in a row became stale; start the build again"
  done
  [[ "$1" == awake ]] || return 0
  local applied
  applied="$(applied_services)" || fail "Terraform does not say what was applied"
  wait_for_services <<<"$applied"
}

# A line for each service that Terraform has applied: cluster, name, task definition. The task definition is that of its own resource: the provider reads
# what ECS went back to into the service's.
applied_services() {
  terraform show -json | jq -r --slurpfile stack cdk.tf.json '
    ([.values?.root_module.resources[]? | {key: .address, value: .values}] | from_entries) as $state
    | ($stack[0].resource.aws_ecs_service // {}) | to_entries[]
    | $state["aws_ecs_service." + .key] as $service
    | $state[.value.task_definition | ltrimstr("${") | rtrimstr(".arn}")].arn as $definition
    | select($service != null) | "\($service.cluster) \($service.name) \($definition // "-")"'
}

# Terraform and UpdateService are content with a service that the circuit breaker has rolled back, or whose tasks never come.
wait_for_services() {
  local cluster service definition answer rollout runs running desired reason end failed=''
  end=$((SECONDS + ${STABLE_SECONDS:-900}))
  while read -r cluster service definition; do
    [[ -n "$cluster" ]] || continue
    while :; do
      answer="$(aws ecs describe-services --cli-input-json "$(printf '{"cluster":"%s","services":["%s"]}' "$cluster" "$service")")" ||
        fail "ECS does not say how $service is"
      IFS=$'\t' read -r rollout runs running desired reason < <(jq -r '
        .services[0] as $service | ($service.deployments // [] | map(select(.status == "PRIMARY")) | first // {}) as $primary
        | [$primary.rolloutState // "COMPLETED", $primary.taskDefinition // "-", $service.runningCount // 0, $service.desiredCount // 0,
           ([$primary.rolloutStateReason, ($service.events // [] | .[0:3][].message)] | map(select(. != null)) | join(" "))] | @tsv' <<<"$answer")
      # A later revision is somebody else's deployment since.
      if [[ "$definition" != - && "${runs%:*}" == "${definition%:*}" ]] && ((${runs##*:} < ${definition##*:})); then
        failed+=" $service: ECS rolled back to ${runs##*/} ($reason);"
        break
      elif [[ "$rollout" == FAILED ]]; then
        failed+=" $service: the deployment failed ($reason);"
        break
      elif [[ "$rollout" == COMPLETED ]] && ((running >= desired)); then
        say "$service: $running tasks run"
        break
      elif ((SECONDS >= end)); then
        failed+=" $service: $running of $desired tasks run ($reason);"
        break
      fi
      sleep "${POLL_SECONDS:-10}"
    done
  done
  [[ -z "$failed" ]] || fail "runtime is up, but not what was to run:$failed"
}

scale_services() {
  local cluster service tasks fewest most
  while read -r cluster service tasks fewest most; do
    [[ -n "$cluster" ]] || continue
    [[ "$1" == awake ]] || tasks=0
    if [[ "$fewest" != - ]]; then
      [[ "$1" == awake ]] || fewest=0 most=0
      aws application-autoscaling register-scalable-target --cli-input-json "$(printf \
        '{"ServiceNamespace":"ecs","ScalableDimension":"ecs:service:DesiredCount","ResourceId":"service/%s/%s","MinCapacity":%d,"MaxCapacity":%d}' \
        "$cluster" "$service" "$fewest" "$most")" >/dev/null
    fi
    aws ecs update-service --cli-input-json "$(printf '{"cluster":"%s","service":"%s","desiredCount":%d}' "$cluster" "$service" "$tasks")" >/dev/null
    say "$service: $tasks tasks"
  done <<<"$SERVICES"
  [[ "$1" == asleep ]] || wait_for_services <<<"$(awk 'NF { print $1, $2, "-" }' <<<"$SERVICES")"
}

case "$ACTION" in
  wake) wanted=awake ;;
  sleep) wanted=asleep ;;
  auto) wanted="$(by_timetable)" ;;
  *) fail "ACTION is \"$ACTION\"; it may be wake, sleep or auto" ;;
esac
read_override
if [[ -n "$override_word" ]]; then
  say "override: $OVERRIDE; $ACTION would make it $wanted"
  wanted="$override_word"
  schedule_turn_at "$override_end"
fi

tools="$(mktemp -d)"
# A plan may hold secrets.
trap 'rm -rf "$tools"' EXIT
case "$MODE" in
  destroy) apply_with_terraform "$wanted" ;;
  scale) scale_services "$wanted" ;;
  *) fail "MODE is \"$MODE\"; it may be destroy or scale" ;;
esac
say "done: runtime is $wanted"
