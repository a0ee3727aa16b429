{{/*
Names, labels and the parts that every pod of this chart shares. What takes more than the root context takes a dict:
root (the root context), component (its name in labels), and what the comment of the template says.
*/}}

{{/* Labels by which Services, Deployments and so on find their pods; they must never change over the life of a release. */}}
{{- define "todo-app.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Labels of pods: nothing that changes with the chart's version, or a new version alone would restart every pod. */}}
{{- define "todo-app.podLabels" -}}
{{ include "todo-app.selectorLabels" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
{{- end }}

{{/* Labels of every other object. */}}
{{- define "todo-app.labels" -}}
{{ include "todo-app.podLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Takes also image ({repository, tag}). */}}
{{- define "todo-app.image" -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* The image of the check of an existing Secret: it needs node, which the frontend always has. */}}
{{- define "todo-app.checksImage" -}}
{{- $image := .Values.checks.image -}}
{{- include "todo-app.image" (dict "root" . "image" (ternary $image .Values.frontend.image (ne $image.repository ""))) -}}
{{- end }}

{{/*
What every pod says before its containers. Service links are off because the variables they make (REDIS_PORT=tcp://…) would compete
with the ConfigMap's. Takes also runAsUser, fsGroup (true where a volume must be writable), and serviceAccount (its name, for a pod that talks to
the API server; no other gets a token).
*/}}
{{- define "todo-app.podSettings" -}}
{{- with .serviceAccount }}
serviceAccountName: {{ . }}
{{- end }}
automountServiceAccountToken: {{ not (empty .serviceAccount) }}
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .runAsUser | int64 }}
  runAsGroup: {{ .runAsUser | int64 }}
  {{- if .fsGroup }}
  fsGroup: {{ .runAsUser | int64 }}
  fsGroupChangePolicy: OnRootMismatch
  {{- end }}
  {{- with .root.Values.security.seccompProfile }}
  seccompProfile:
    type: {{ . }}
  {{- end }}
{{- end }}

{{/* securityContext of every container; takes the root context. */}}
{{- define "todo-app.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ .Values.security.readOnlyRootFilesystem }}
capabilities:
  drop: [ALL]
{{- end }}

{{/* The one folder that is writable in every container. */}}
{{- define "todo-app.tmpVolume" -}}
- name: tmp
  emptyDir:
    sizeLimit: 128Mi
{{- end }}

{{/*
Pods of one kind on different nodes where that is possible; within one revision, so that the pods a rollout is about to remove
do not count. Takes no more than a selector does.
*/}}
{{- define "todo-app.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "todo-app.selectorLabels" . | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
{{- end }}

{{/*
Old pods stay until new ones are Ready. A quarter of them at a time, which is one of up to four: a start takes CPU from those that serve.
All at once take less time, but on few cores users waited up to ten seconds for an answer meanwhile.
*/}}
{{- define "todo-app.rollingUpdate" -}}
type: RollingUpdate
rollingUpdate:
  maxUnavailable: 0
  maxSurge: 25%
{{- end }}

{{/* Lets a pod go on serving after its deletion was asked for; takes the seconds. */}}
{{- define "todo-app.preStop" -}}
{{- if gt (int .) 0 }}
lifecycle:
  preStop:
    exec:
      command: [sleep, {{ . | int | quote }}]
{{- end }}
{{- end }}

{{/*
Liveness and readiness probe, which differ in nothing but what readinessHeader adds. Takes also handler (the probe's YAML, of an httpGet
or exec), and readinessHeader ({name, value}) for a service that answers the readiness probe with more than 'the process runs'.
*/}}
{{- define "todo-app.probes" -}}
{{- $timing := dict -}}
{{- range $name, $seconds := .root.Values.probes }}{{ $_ := set $timing $name (int $seconds) }}{{ end -}}
{{- $readiness := fromYaml .handler -}}
{{- with .readinessHeader }}{{ $_ := set $readiness.httpGet "httpHeaders" (list .) }}{{ end -}}
livenessProbe:
  {{- merge (fromYaml .handler) $timing | toYaml | nindent 2 }}
readinessProbe:
  {{- merge $readiness $timing | toYaml | nindent 2 }}
{{- end }}

{{/* The HTTP probes of a service whose health is at /health; takes also port, readinessHeader. */}}
{{- define "todo-app.httpProbes" -}}
{{- $handler := printf "httpGet: {path: /health, port: %d}" (int .port) -}}
{{- include "todo-app.probes" (merge (dict "handler" $handler) .) -}}
{{- end }}
