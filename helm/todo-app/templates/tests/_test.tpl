{{/*
A test of `helm test`: a pod that runs the specs which are tagged with its component, and what it needs in order to look around. The pod
stays until the next test, so that its log can be read; its rights go when the tests are done. All of a test has one name: by it
`helm test --filter name=…` chooses, and Helm 3 looks for a pod by the name of every hook whose log it is to show. Takes root, component,
and order: Helm ends with the first test that fails, so what others stand on is tested before them.
*/}}
{{- define "todo-app.test" -}}
{{- $root := .root -}}
{{- $name := printf "todo-app-test-%s" .component -}}
{{- $metadata := include "todo-app.testMetadata" (merge (dict "name" $name) .) -}}
# One hook and not three, for the reason above.
apiVersion: v1
kind: List
metadata:
  {{- $metadata | nindent 2 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-weight: "0"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
items:
  - apiVersion: v1
    kind: ServiceAccount
    metadata:
      {{- $metadata | nindent 6 }}
  # What specs read of the application, and `exec`, by which they look out of its pods. Nothing outside of the namespace.
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      {{- $metadata | nindent 6 }}
    rules:
      {{- include "todo-app.testRules" . | nindent 6 }}
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      {{- $metadata | nindent 6 }}
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: {{ $name }}
    subjects:
      - kind: ServiceAccount
        name: {{ $name }}
        namespace: {{ $root.Release.Namespace | quote }}
---
apiVersion: v1
kind: Pod
metadata:
  {{- $metadata | nindent 2 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-weight: {{ .order | quote }}
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  restartPolicy: Never
  activeDeadlineSeconds: 180
  {{- include "todo-app.podSettings" (dict "root" $root "runAsUser" 1001 "serviceAccount" $name) | nindent 2 }}
  containers:
    - name: test
      image: {{ include "todo-app.image" (dict "root" $root "image" $root.Values.tests.image) }}
      imagePullPolicy: {{ $root.Values.tests.image.pullPolicy }}
      # To the image's entry point, which is Playwright. It fails when no spec has the tag.
      args: [--grep, '@{{ .component }}']
      env:
        - name: RELEASE
          value: {{ $root.Release.Name | quote }}
        {{- with $root.Values.tests.ingressAddress }}
        - name: INGRESS_ADDRESS
          value: {{ . | quote }}
        {{- end }}
        {{- include "todo-app.secretEnv" (dict "root" $root "name" "DATABASE_URL") | nindent 8 }}
      resources:
        {{- toYaml $root.Values.tests.resources | nindent 8 }}
      securityContext:
        {{- include "todo-app.containerSecurity" $root | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    {{- include "todo-app.tmpVolume" $root | nindent 4 }}
{{- end }}

{{/* Takes also name. */}}
{{- define "todo-app.testMetadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace | quote }}
labels:
  {{- include "todo-app.labels" (dict "root" .root "component" (printf "test-%s" .component)) | nindent 2 }}
{{- end }}

{{- define "todo-app.testRules" -}}
- apiGroups: ['']
  resources: [configmaps, events, namespaces, persistentvolumeclaims, pods, secrets, services]
  verbs: [get, list, watch]
- apiGroups: ['']
  resources: [pods/log]
  verbs: [get]
- apiGroups: ['']
  resources: [pods/exec]
  verbs: [get, create]
- apiGroups: [apps]
  resources: [deployments, replicasets, statefulsets]
  verbs: [get, list, watch]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: [get, list, watch]
{{- end }}
