{{/*
What the operator may do where it watches; each line is needed, and a test says so. Statuses are
replaced, finalizers and the annotation that keeps an id are patched, nothing is ever created or
deleted but events.
*/}}
{{- define "planwright.rules" -}}
- apiGroups: [planwright.dev]
  resources: [billingbackends, plans]
  verbs: [get, list, watch, patch]
- apiGroups: [planwright.dev]
  resources: [prices]
  verbs: [list, watch]
- apiGroups: [planwright.dev]
  resources: [billingbackends/status, plans/status, prices/status]
  verbs: [update]
# The keys of the billing systems: one at a time by name, never listed, never watched.
- apiGroups: [""]
  resources: [secrets]
  {{- with .Values.rbac.secretNames }}
  resourceNames: {{ toJson . }}
  {{- end }}
  verbs: [get]
# Whether a Price is missing because its namespace is on its way out.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}

{{/* Whether Plans are deleted because their kind is. */}}
{{- define "planwright.definitionRules" -}}
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  resourceNames: [plans.planwright.dev]
  verbs: [get]
{{- end -}}

{{/* One operator at a time. What is created has no name yet that a rule could name. */}}
{{- define "planwright.leaseRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [planwright]
  verbs: [get, update]
{{- end -}}
