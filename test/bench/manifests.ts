/** Job manifests as teams write them: about a hundred lines, no two alike. */
export function benchmarkManifest(index: number): string {
  const containers = 1 + (index % 3);
  return `{# job ${index} #}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ app }}-${index}-{{ env }}
  namespace: {{ namespace_name | default('batch-' ~ env) }}
  labels:
    app: {{ app }}
    env: {{ env }}
    team: {{ owner.team | lower }}
  annotations:
{% for k, v in annotations.items() %}
    {{ k }}: {{ v | tojson }}
{% endfor %}
    job-number: "${index}"
spec:
  backoffLimit: {{ retries }}
  activeDeadlineSeconds: {{ hours * 3600 }}
{% if env == 'prd' %}
  ttlSecondsAfterFinished: 86400
{% else %}
  ttlSecondsAfterFinished: 3600
{% endif %}
  template:
    metadata:
      labels:
        app: {{ app }}
        env: {{ env }}
    spec:
      restartPolicy: Never
      serviceAccountName: {{ app }}-{{ env }}
      nodeSelector:
        pool: {{ 'batch-large' if size == 'large' else 'batch' }}
      containers:
${Array.from({ length: containers }, (_, at) => container(index, at)).join('')}{% if debug %}
        - name: debug
          image: {{ registry }}/tools/debug:latest
          command: [sleep, "{{ debug_seconds | default(60) }}"]
{% endif %}
      volumes:
        - name: work
          emptyDir:
            sizeLimit: {{ disk_gb }}Gi
{% for volume in volumes %}
        - name: {{ volume.name }}
{% if volume.secret is defined %}
          secret:
            secretName: {{ volume.secret }}
{% else %}
          configMap:
            name: {{ volume.config }}
{% endif %}
{% endfor %}
      tolerations:
{% for toleration in tolerations %}
        - key: {{ toleration.key }}
          operator: {{ toleration.operator | default('Exists') }}
          effect: {{ toleration.effect }}
{% endfor %}
`;
}

function container(index: number, at: number): string {
  return `        - name: main${at === 0 ? '' : `-${at}`}
          image: "{{ registry }}/{{ app }}:{{ image_tag }}"
          imagePullPolicy: {{ pull_policy | default('IfNotPresent') }}
          command: ["/app/run.sh"]
          args:
            - --date=__SESSION_DATE__
            - --env={{ env }}
            - --table={{ database }}.{{ schema }}.table_${index}_${at}
            - --bucket=gs://{{ bucket }}/{{ app }}/${at}
            - --parallel={{ parallel * ${at + 1} }}
          env:
            - name: APP_ENV
              value: {{ env }}
            - name: LOG_LEVEL
              value: {{ log_level | upper }}
{% for name in env_names %}
            - name: {{ name }}
              valueFrom:
                secretKeyRef:
                  name: {{ app }}-secrets
                  key: {{ name | lower | replace('_', '-') }}
{% endfor %}
          resources:
            requests:
              cpu: {{ cpu }}
              memory: {{ mem_gb * 1024 }}Mi
            limits:
              memory: {{ mem_gb * 2048 }}Mi
          volumeMounts:
            - name: work
              mountPath: /work
{% for volume in volumes %}
            - name: {{ volume.name }}
              mountPath: {{ volume.path }}
              readOnly: true
{% endfor %}
`;
}

/** The variables of one environment, as the file that both programs read. */
export const benchmarkVariables = `app: sales-etl
env: prd
owner: {team: Data-Platform, slack: "#data"}
annotations: {description: 'loads "sales" & more', runbook: https://wiki/x, owner: data}
retries: 2
hours: 6
size: large
registry: asia.gcr.io/shop
image_tag: "1.42.0"
debug: false
disk_gb: 20
volumes:
  - {name: credentials, secret: sales-etl, path: /secrets}
  - {name: settings, config: sales-etl-settings, path: /etc/settings}
tolerations:
  - {key: batch, effect: NoSchedule}
  - {key: spot, operator: Equal, effect: NoExecute}
database: warehouse
schema: sales
bucket: shop-prd-lake
parallel: 4
log_level: info
env_names: [DB_PASSWORD, API_TOKEN, SLACK_URL]
cpu: 1500m
mem_gb: 4
`;
