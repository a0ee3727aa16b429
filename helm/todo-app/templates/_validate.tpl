{{/*
What the schema cannot say: values that depend on each other, and the secrets. All that is wrong is said at once, and no secret
is ever part of a message. Included by validate.yaml.
*/}}
{{- define "todo-app.validate" -}}
{{- $problems := list -}}
{{- range $component := list "frontend" "backend" -}}
{{- $hpa := (get $.Values $component).hpa -}}
{{- if and $hpa.enabled (gt (int $hpa.minReplicas) (int $hpa.maxReplicas)) -}}
{{- $problems = append $problems (printf "%s.hpa.minReplicas (%d) is more than maxReplicas (%d)" $component (int $hpa.minReplicas) (int $hpa.maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- range $component := list "frontend" "backend" "mcpServer" -}}
{{- $settings := get $.Values $component -}}
{{- $grace := int $settings.terminationGracePeriodSeconds -}}
{{- $sleep := int $settings.preStopSleepSeconds -}}
{{- if le $grace $sleep -}}
{{- $problems = append $problems (printf "%s.terminationGracePeriodSeconds (%d) must be more than its preStopSleepSeconds (%d), which is part of it" $component $grace $sleep) -}}
{{- end -}}
{{- end -}}
{{- /*
A chat that is under way when its pod is told to go takes as long as the model may. The backend listens for a second more, and may take
five to store what the chat has changed.
*/ -}}
{{- $backend := .Values.backend -}}
{{- $chat := add (int $backend.preStopSleepSeconds) 6 (div (add (int .Values.config.modelTimeoutMs) 999) 1000) -}}
{{- if lt (int $backend.terminationGracePeriodSeconds) (int $chat) -}}
{{- $problems = append $problems (printf "backend.terminationGracePeriodSeconds (%d) must be at least %d: preStopSleepSeconds, config.modelTimeoutMs and six seconds, or chats are cut off when their pod goes" (int $backend.terminationGracePeriodSeconds) $chat) -}}
{{- end -}}
{{- range $component := list "frontend" "backend" "mcpServer" "redis" "migrations" "checks" "tests" -}}
{{- $resources := (get $.Values $component).resources -}}
{{- range $name := list "cpu" "memory" -}}
{{- $request := get $resources.requests $name -}}
{{- $limit := get $resources.limits $name -}}
{{- if gt (include "todo-app.amount" $request | float64) (include "todo-app.amount" $limit | float64) -}}
{{- $problems = append $problems (printf "%s.resources.requests.%s (%v) is more than its limit (%v)" $component $name $request $limit) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $redis := .Values.redis -}}
{{- if ge (include "todo-app.amount" $redis.maxMemory | float64) (include "todo-app.amount" $redis.resources.limits.memory | float64) -}}
{{- $problems = append $problems (printf "redis.maxMemory (%s) must be less than redis.resources.limits.memory (%s), or Redis is killed before it is full" $redis.maxMemory $redis.resources.limits.memory) -}}
{{- end -}}
{{- range .Values.ingress.extraPaths -}}
{{- if has .path (list "/" "/api") -}}
{{- $problems = append $problems (printf "ingress.extraPaths: %s is one of the two paths that the Ingress has anyway" .path) -}}
{{- end -}}
{{- end -}}
{{- /* Neither is set while linting, which needs no secrets. */ -}}
{{- if and (or .Release.IsInstall .Release.IsUpgrade) (not .Values.secrets.existingSecret) -}}
{{- $problems = concat $problems (include "todo-app.secretProblems" . | fromJsonArray) -}}
{{- end -}}
{{- if $problems -}}
{{- fail (printf "\n\nThe values of this chart are not right:\n  - %s\n" (join "\n  - " $problems)) -}}
{{- end -}}
{{- end }}

{{/* A quantity as a number of cores or bytes, by the units that the schema admits: Kubernetes' own, and Redis' (kb, mb, gb). */}}
{{- define "todo-app.amount" -}}
{{- $units := dict "" 1 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "kb" 1024 "mb" 1048576 "gb" 1073741824 -}}
{{- $unit := regexFind "[A-Za-z]*$" (toString .) -}}
{{- mulf (trimSuffix $unit (toString .)) (get $units $unit) -}}
{{- end }}

{{/* What is wrong with secrets.*, as a JSON list of sentences. */}}
{{- define "todo-app.secretProblems" -}}
{{- $problems := list -}}
{{- $missing := list -}}
{{- $base64 := "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$" -}}
{{- range $key, $rule := include "todo-app.secretRules" . | fromYaml -}}
{{- $value := get $.Values.secrets $rule.value | toString | trim -}}
{{- if not $value -}}
{{- $missing = append $missing (printf "secrets.%s" $rule.value) -}}
{{- else if not (regexMatch $base64 $value) -}}
{{- $problems = append $problems (printf "secrets.%s is not base64; encode it on one line: printf '%%s' \"$VALUE\" | base64 -w0" $rule.value) -}}
{{- else if not (regexMatch $rule.pattern (b64dec $value)) -}}
{{- $problems = append $problems (printf "secrets.%s, decoded, is not %s; was it encoded once, and without a newline at its end?" $rule.value $rule.hint) -}}
{{- end -}}
{{- end -}}
{{- if $missing -}}
{{- $problems = append $problems (printf "missing: %s (in base64). Give them in a values file, or name a Secret that has them in secrets.existingSecret" (join ", " $missing)) -}}
{{- end -}}
{{- toJson $problems -}}
{{- end }}
