{{/*
A pod of `helm test` that sends requests and compares the answers. It stays until the next test, so that its log can be read. Takes
root, component, and checks (the list that files/check-http.js understands, as YAML).
*/}}
{{- define "todo-app.httpTest" -}}
{{- $labels := dict "root" .root "component" (printf "test-%s" .component) -}}
apiVersion: v1
kind: Pod
metadata:
  name: todo-app-test-{{ .component }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "todo-app.labels" $labels | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  restartPolicy: Never
  activeDeadlineSeconds: 60
  {{- include "todo-app.podSettings" (dict "root" .root "runAsUser" .root.Values.frontend.runAsUser) | nindent 2 }}
  containers:
    - name: test
      image: {{ include "todo-app.checksImage" .root }}
      imagePullPolicy: {{ .root.Values.frontend.image.pullPolicy }}
      command: [node, --input-type=module, --eval]
      args:
        - |
          {{- .root.Files.Get "files/check-http.js" | trim | nindent 10 }}
      env:
        - name: CHECKS
          value: {{ .checks | fromYamlArray | toJson | quote }}
      resources:
        {{- toYaml .root.Values.checks.resources | nindent 8 }}
      securityContext:
        {{- include "todo-app.containerSecurity" .root | nindent 8 }}
{{- end }}
