{{- define "planwright.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of the objects: the release's, with the chart's where that is not part of it. */}}
{{- define "planwright.fullname" -}}
{{- $name := include "planwright.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Objects of the whole cluster bear the namespace too: another release may have the same name. */}}
{{- define "planwright.clusterName" -}}
{{- printf "%s:%s" .Release.Namespace (include "planwright.fullname" .) -}}
{{- end -}}

{{- define "planwright.selectorLabels" -}}
app.kubernetes.io/name: {{ include "planwright.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "planwright.labels" -}}
{{ include "planwright.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" | quote }}
{{- end -}}

{{- define "planwright.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "planwright.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "planwright.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* Whether the rights are given by a Role in each namespace: "true" or nothing. */}}
{{- define "planwright.namespaced" -}}
{{- if and .Values.namespaces (not .Values.rbac.clusterWide) -}}true{{- end -}}
{{- end -}}

{{- define "planwright.javaOptions" -}}
{{- $level := "" -}}
{{- if ne .Values.logLevel "INFO" -}}
{{- $level = printf "-Dplanwright.log.level=%s" .Values.logLevel -}}
{{- end -}}
{{- printf "%s %s" $level .Values.javaOptions | trim -}}
{{- end -}}

{{/* What would be there twice: said here, since the API server says it less well. */}}
{{- define "planwright.refuseDoubles" -}}
{{- range $where, $labels := dict "podLabels" .Values.podLabels "service.labels" .Values.service.labels "serviceMonitor.labels" .Values.serviceMonitor.labels -}}
{{- range $label, $value := $labels -}}
{{- if has $label (list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart") -}}
{{- fail (printf "%s: %s is the chart's own" $where $label) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if eq .name "JDK_JAVA_OPTIONS" -}}
{{- fail "extraEnv: write what JDK_JAVA_OPTIONS would hold into javaOptions" -}}
{{- else if has .name (list "POD_NAME" "POD_NAMESPACE") -}}
{{- fail (printf "extraEnv: %s is set already: the Lease is found by it" .name) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraVolumes -}}
{{- if eq .name "tmp" -}}
{{- fail "extraVolumes: the name tmp is taken by the volume of /tmp" -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraVolumeMounts -}}
{{- if eq (trimSuffix "/" .mountPath) "/tmp" -}}
{{- fail "extraVolumeMounts: /tmp is mounted already" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "planwright.subject" -}}
- kind: ServiceAccount
  name: {{ include "planwright.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}
