{{/*
Configuration: which keys the Secret and the ConfigMap have, which service gets which of them, and when a change restarts a service.
*/}}

{{/* Name of the Secret in use. */}}
{{- define "todo-app.secretName" -}}
{{ .Values.secrets.existingSecret | default "todo-app-secrets" }}
{{- end }}

{{/*
What the Secret must hold: for each key the value it comes from, the pattern of its decoded content (understood by Go and JavaScript
alike), and that pattern in words. Printable ASCII only, since that is what a value looks like that was encoded once and without a newline.
*/}}
{{- define "todo-app.secretRules" -}}
DATABASE_URL:
  value: databaseUrl
  pattern: ^postgres(ql)?://[!-~]+$
  hint: a PostgreSQL URL (postgresql://user:password@host/database)
OPENAI_API_KEY:
  value: openaiApiKey
  pattern: ^[!-~]+$
  hint: an API key without blanks
BETTER_AUTH_SECRET:
  value: betterAuthSecret
  pattern: ^[!-~]{32,}$
  hint: at least 32 characters without blanks
BETTER_AUTH_URL:
  value: betterAuthUrl
  pattern: ^https?://[!-.0-~]+/?$
  hint: the URL at which browsers reach the frontend, without a path (http://todo-app.local)
REDIS_PASSWORD:
  value: redisPassword
  pattern: ^[!-~]+$
  hint: a password without blanks
{{- end }}

{{/* The ConfigMap's data. What is optional and not set is left out. */}}
{{- define "todo-app.configData" -}}
REDIS_HOST: {{ .Values.config.redisHost | quote }}
REDIS_PORT: {{ .Values.config.redisPort | int64 | quote }}
MCP_SERVER_URL: {{ .Values.config.mcpServerUrl | quote }}
NEXT_PUBLIC_API_URL: {{ .Values.config.nextPublicApiUrl | quote }}
AUTH_JWKS_URL: {{ .Values.config.authJwksUrl | quote }}
OPENAI_MODEL: {{ .Values.config.openaiModel | quote }}
{{- with .Values.config.openaiBaseUrl }}
OPENAI_BASE_URL: {{ . | quote }}
{{- end }}
MODEL_TIMEOUT_MS: {{ .Values.config.modelTimeoutMs | int64 | quote }}
CHAT_RATE_LIMIT: {{ .Values.backend.chatRateLimit | int64 | quote }}
{{- with .Values.frontend.trustedProxies }}
AUTH_TRUSTED_PROXIES: {{ join "," . | quote }}
{{- end }}
{{- with .Values.frontend.authSignInLimit }}
AUTH_SIGN_IN_LIMIT: {{ . | int64 | quote }}
{{- end }}
{{- end }}

{{/* Which keys each component gets: those it needs, and no others. */}}
{{- define "todo-app.uses" -}}
frontend:
  secret: [DATABASE_URL, BETTER_AUTH_SECRET, BETTER_AUTH_URL]
  config: [NEXT_PUBLIC_API_URL, AUTH_TRUSTED_PROXIES, AUTH_SIGN_IN_LIMIT]
backend:
  secret: [DATABASE_URL, OPENAI_API_KEY, BETTER_AUTH_URL, REDIS_PASSWORD]
  config: [OPENAI_BASE_URL, OPENAI_MODEL, REDIS_HOST, REDIS_PORT, MCP_SERVER_URL, AUTH_JWKS_URL, CHAT_RATE_LIMIT, MODEL_TIMEOUT_MS]
mcp-server:
  secret: [DATABASE_URL, BETTER_AUTH_URL]
  config: [AUTH_JWKS_URL]
redis:
  secret: [REDIS_PASSWORD]
  config: []
{{- end }}

{{/* One environment variable from the Secret; takes root, name, and key where it is not the name. */}}
{{- define "todo-app.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "todo-app.secretName" .root | quote }}
      key: {{ .key | default .name }}
{{- end }}

{{/* The environment that a component gets from the Secret and the ConfigMap; takes root, component. */}}
{{- define "todo-app.env" -}}
{{- $root := .root -}}
{{- $uses := get (include "todo-app.uses" .root | fromYaml) .component -}}
{{- $config := include "todo-app.configData" .root | fromYaml -}}
{{- range $uses.secret }}
{{ include "todo-app.secretEnv" (dict "root" $root "name" .) }}
{{- end }}
{{- range $uses.config }}
{{- if hasKey $config . }}
- name: {{ . }}
  valueFrom:
    configMapKeyRef:
      name: todo-app-config
      key: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Annotations of a component's pods that change, and so restart them, when a value changes that this component uses. Redis is not
restarted because the API key is new. They can be read by people who may not read the Secret, and passwords may be weak: the auth secret,
which is long and nobody chooses by heart, is in each, so that no guess of a password can be tried on one. An existing Secret is known by its name only.
Takes root, component.
*/}}
{{- define "todo-app.checksums" -}}
{{- $root := .root -}}
{{- $uses := get (include "todo-app.uses" .root | fromYaml) .component -}}
{{- $config := include "todo-app.configData" .root | fromYaml -}}
{{- $rules := include "todo-app.secretRules" .root | fromYaml -}}
{{- $secret := dict "name" (include "todo-app.secretName" .root) -}}
{{- if not .root.Values.secrets.existingSecret -}}
{{- $_ := set $secret "salt" .root.Values.secrets.betterAuthSecret -}}
{{- range $uses.secret }}{{ $_ := set $secret . (get $root.Values.secrets (get $rules .).value) }}{{ end -}}
{{- end -}}
checksum/secret: {{ toJson $secret | sha256sum | trunc 10 | quote }}
{{- if $uses.config }}
{{- $used := dict -}}
{{- range $uses.config }}{{ if hasKey $config . }}{{ $_ := set $used . (get $config .) }}{{ end }}{{ end }}
checksum/config: {{ toJson $used | sha256sum | trunc 10 | quote }}
{{- end }}
{{- end }}
