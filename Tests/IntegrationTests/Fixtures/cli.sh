#!/usr/bin/env bash
# Drives the local cloud with the unmodified aws command line: a service behind a load balancer, from nothing to nothing.
#
#     cli.sh ENDPOINT SERVICE.PY AWS PYTHON
set -euo pipefail
export AWS_ENDPOINT_URL=$1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_DEFAULT_OUTPUT=text AWS_PAGER=
service=$2 aws=$3 python=$4
step() { echo "cli: $*"; }
cli() { "$aws" "$@"; }
equals() { [ "$2" = "$3" ] || { echo "cli: $1: '$2' is not '$3'"; exit 1; }; }

account=$(cli sts get-caller-identity --query Account)
step "account $account"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cli s3 mb s3://cli >/dev/null
head -c 20971520 /dev/urandom >"$folder/large"
cli s3 cp --no-progress "$folder/large" s3://cli/large >/dev/null
cli s3 cp --no-progress s3://cli/large "$folder/back" >/dev/null
cmp "$folder/large" "$folder/back"
equals parts "$(cli s3api head-object --bucket cli --key large --part-number 1 --query PartsCount)" 3
equals uploads "$(cli s3api list-multipart-uploads --bucket cli --query 'Uploads')" None
cli s3 rb --force s3://cli >/dev/null
step "20 MB in parts, there and back"

cli logs create-log-group --log-group-name /cli
cli ecr create-repository --repository-name cli/web >/dev/null
equals repository "$(cli ecr describe-repositories --query 'repositories[].repositoryName')" cli/web

balancer=$(cli elbv2 create-load-balancer --name cli --subnets subnet-1 subnet-2 --query 'LoadBalancers[0].LoadBalancerArn')
cli elbv2 wait load-balancer-available --load-balancer-arns "$balancer"
host=$(cli elbv2 describe-load-balancers --names cli --query 'LoadBalancers[0].DNSName')
group=$(cli elbv2 create-target-group --name cli --protocol HTTP --port 8080 --vpc-id vpc-1 --target-type ip --health-check-path /healthz \
  --health-check-interval-seconds 5 --health-check-timeout-seconds 2 --query 'TargetGroups[0].TargetGroupArn')
listener=$(cli elbv2 create-listener --load-balancer-arn "$balancer" --protocol HTTP --port 8081 \
  --default-actions "Type=forward,TargetGroupArn=$group" --query 'Listeners[0].ListenerArn')
cli elbv2 create-rule --listener-arn "$listener" --priority 5 --conditions Field=path-pattern,Values=/gone \
  --actions 'Type=redirect,RedirectConfig={Path=/here,StatusCode=HTTP_301}' >/dev/null
step "load balancer at $host:8081"

cli ecs create-cluster --cluster-name cli >/dev/null
definition() {
  cat <<JSON
{"family": "cli", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
 "containerDefinitions": [{"name": "web", "image": "process:$python", "command": ["$service"], "portMappings": [{"containerPort": 8080}],
   "environment": [{"name": "VERSION", "value": "$1"}],
   "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/cli", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}}]}
JSON
}
register() { cli ecs register-task-definition --cli-input-json "$(definition "$1")" --query taskDefinition.taskDefinitionArn; }
cli ecs create-service --cluster cli --service-name web --task-definition "$(register v1)" --desired-count 2 --launch-type FARGATE \
  --network-configuration 'awsvpcConfiguration={subnets=[subnet-1],securityGroups=[sg-1]}' \
  --load-balancers "targetGroupArn=$group,containerName=web,containerPort=8080" >/dev/null
cli ecs wait services-stable --cluster cli --services web
equals answer "$(curl -sS "http://$host:8081/")" v1
equals redirect "$(curl -sS -o /dev/null -w '%{http_code} %{redirect_url}' "http://$host:8081/gone")" "301 http://$host:8081/here"
step "v1 serves"

cli ecs update-service --cluster cli --service web --task-definition "$(register v2)" >/dev/null
deployment=$(cli ecs list-service-deployments --cluster cli --service web --query 'serviceDeployments[0].serviceDeploymentArn')
for _ in $(seq 300); do
  status=$(cli ecs describe-service-deployments --service-deployment-arns "$deployment" --query 'serviceDeployments[0].status')
  [ "$status" = SUCCESSFUL ] && break
done
equals status "$status" SUCCESSFUL
equals answer "$(curl -sS "http://$host:8081/")" v2
equals targets "$(cli elbv2 describe-target-health --target-group-arn "$group" --query 'TargetHealthDescriptions[].TargetHealth.State' | tr '\t' ' ')" "healthy healthy"
lines=$(cli logs filter-log-events --log-group-name /cli --filter-pattern '"version v2"' --query 'length(events)')
equals "log lines" "$lines" 2
step "v2 serves"

# The load balancer publishes once a minute; a request at a time until one is in a period that ended.
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
for _ in $(seq 60); do
  curl -sS -o /dev/null "http://$host:8081/"
  requests=$(cli cloudwatch get-metric-data --start-time "$began" --end-time "$(date -u -d '1 minute' +%Y-%m-%dT%H:%M:%SZ)" --metric-data-queries "[
    {\"Id\": \"requests\", \"ReturnData\": false, \"MetricStat\": {\"Period\": 60, \"Stat\": \"Sum\", \"Metric\": {\"Namespace\": \"AWS/ApplicationELB\",
      \"MetricName\": \"RequestCount\", \"Dimensions\": [{\"Name\": \"LoadBalancer\", \"Value\": \"${balancer#*:loadbalancer/}\"}]}}},
    {\"Id\": \"filled\", \"Expression\": \"FILL(requests, 0)\"}]" --query 'max(MetricDataResults[0].Values)')
  case $requests in None | 0 | 0.0) ;; *) break ;; esac
done
awk -v requests="$requests" 'BEGIN { exit !(requests >= 1) }' || { echo "cli: no requests were counted: '$requests'"; exit 1; }
step "$requests requests counted"

if cli ecs describe-services --cluster nowhere --services web 2>error.txt; then exit 1; fi
grep -q ClusterNotFoundException error.txt && rm error.txt

cli ecs update-service --cluster cli --service web --desired-count 0 >/dev/null
cli ecs delete-service --cluster cli --service web --force >/dev/null
cli ecs wait services-inactive --cluster cli --services web
equals service "$(cli ecs describe-services --cluster cli --services web --query 'services[].status')" INACTIVE
cli ecs delete-cluster --cluster cli >/dev/null
cli elbv2 delete-load-balancer --load-balancer-arn "$balancer"
cli elbv2 delete-target-group --target-group-arn "$group"
cli ecr delete-repository --repository-name cli/web --force >/dev/null
cli logs delete-log-group --log-group-name /cli
equals "what is left" "$(cli elbv2 describe-load-balancers --query 'length(LoadBalancers)')" 0
step done
