"""Secrets Manager and Parameter Store by an unmodified boto3, and a task that gets its secrets from both.

    vault.py ENDPOINT SERVICE.PY STATE
"""
import json
import os
import re
import stat
import sys

from harness import NETWORK, clients, fails, step, until
from shapes import watch

endpoint, _, state = sys.argv[1:4]
secrets, ssm, ecs, logs, sts = clients(endpoint, ("secretsmanager", "ssm", "ecs", "logs", "sts"))
watch(secrets, ssm)
account = sts.get_caller_identity()["Account"]
HUSH = "hush-7f3a"

step("Secrets Manager: versions and their labels")
arn = secrets.create_secret(Name="shop/db", SecretString=json.dumps({"user": "u", "password": f"{HUSH}-1"}), Description="the database",
                            Tags=[{"Key": "team", "Value": "shop"}])["ARN"]
assert re.fullmatch(rf"arn:aws:secretsmanager:us-east-1:{account}:secret:shop/db-[A-Za-z0-9]{{6}}", arn), arn
fails("ResourceExistsException", secrets.create_secret, Name="shop/db", SecretString="x")
first = secrets.get_secret_value(SecretId="shop/db")
second = secrets.put_secret_value(SecretId=arn, SecretString=json.dumps({"user": "u", "password": f"{HUSH}-2"}))
assert second["VersionStages"] == ["AWSCURRENT"], second
assert secrets.get_secret_value(SecretId=arn, VersionStage="AWSPREVIOUS")["VersionId"] == first["VersionId"]
secrets.update_secret(SecretId=arn, SecretBinary=b"\x00\xff")
assert secrets.get_secret_value(SecretId=arn)["SecretBinary"] == b"\x00\xff"
secrets.update_secret_version_stage(SecretId=arn, VersionStage="AWSCURRENT", MoveToVersionId=second["VersionId"],
                                    RemoveFromVersionId=secrets.get_secret_value(SecretId=arn)["VersionId"])
described = secrets.describe_secret(SecretId=arn)
assert described["VersionIdsToStages"][second["VersionId"]] == ["AWSCURRENT"] and described["Tags"] == [{"Key": "team", "Value": "shop"}], described
assert HUSH not in str(described) + str(secrets.list_secrets()) + str(secrets.list_secret_version_ids(SecretId=arn, IncludeDeprecated=True))
secrets.tag_resource(SecretId=arn, Tags=[{"Key": "a", "Value": "b"}])
secrets.untag_resource(SecretId=arn, TagKeys=["team"])
assert secrets.describe_secret(SecretId=arn)["Tags"] == [{"Key": "a", "Value": "b"}]
assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId=arn)
assert len(secrets.get_random_password(PasswordLength=20)["RandomPassword"]) == 20
for name in ("p/1", "p/2", "p/3"):
    secrets.create_secret(Name=name)
pages = secrets.get_paginator("list_secrets").paginate(Filters=[{"Key": "name", "Values": ["p/"]}], PaginationConfig={"PageSize": 2})
assert [s["Name"] for page in pages for s in page["SecretList"]] == ["p/1", "p/2", "p/3"]

step("deletion with a recovery window")
secrets.delete_secret(SecretId="p/1", RecoveryWindowInDays=7)
fails("InvalidRequestException", secrets.get_secret_value, SecretId="p/1")
secrets.restore_secret(SecretId="p/1")
fails("ResourceNotFoundException", secrets.get_secret_value, SecretId="p/1")  # it has no value
secrets.delete_secret(SecretId="p/1", ForceDeleteWithoutRecovery=True)
fails("ResourceNotFoundException", secrets.describe_secret, SecretId="p/1")

step("Parameter Store")
assert ssm.put_parameter(Name="/shop/stage/url", Value=f"{HUSH}-3", Type="SecureString")["Version"] == 1
fails("ParameterAlreadyExists", ssm.put_parameter, Name="/shop/stage/url", Value="x", Type="SecureString")
assert ssm.put_parameter(Name="/shop/stage/url", Value=f"{HUSH}-4", Type="SecureString", Overwrite=True)["Version"] == 2
ssm.put_parameter(Name="/shop/stage/list", Value="a,b", Type="StringList", Tags=[{"Key": "k", "Value": "v"}])
assert HUSH not in ssm.get_parameter(Name="/shop/stage/url")["Parameter"]["Value"]
assert ssm.get_parameter(Name="/shop/stage/url:1", WithDecryption=True)["Parameter"]["Value"] == f"{HUSH}-3"
found = ssm.get_parameters(Names=["/shop/stage/url", "/none"], WithDecryption=True)
assert found["Parameters"][0]["Value"] == f"{HUSH}-4" and found["InvalidParameters"] == ["/none"], found["InvalidParameters"]
pages = ssm.get_paginator("get_parameters_by_path").paginate(Path="/shop", Recursive=True, PaginationConfig={"PageSize": 1})
assert [p["Name"] for page in pages for p in page["Parameters"]] == ["/shop/stage/list", "/shop/stage/url"]
listed = ssm.describe_parameters(ParameterFilters=[{"Key": "Name", "Option": "BeginsWith", "Values": ["/shop"]}])["Parameters"]
assert len(listed) == 2 and HUSH not in str(listed), listed
assert ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/shop/stage/list")["TagList"] == [{"Key": "k", "Value": "v"}]
fails("ParameterNotFound", ssm.get_parameter, Name="/none")

step("a task gets its secrets, and only it")
ecs.create_cluster(clusterName="vault")
logs.create_log_group(logGroupName="/vault")


def run(*references):
    definition = ecs.register_task_definition(
        family="vault", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[{
            "name": "web", "image": f"process:{sys.executable}", "essential": True,
            "command": ["-c", "import hashlib, os; print(*(hashlib.sha256(os.environ.get(n, '').encode()).hexdigest() for n in 'ABC'))"],
            "secrets": [{"name": n, "valueFrom": r} for n, r in zip("ABC", references)],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/vault", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "v"}},
        }])["taskDefinition"]["taskDefinitionArn"]
    task = ecs.run_task(cluster="vault", taskDefinition=definition, launchType="FARGATE", networkConfiguration=NETWORK)["tasks"][0]["taskArn"]
    return until("the task stops", lambda: next((t for t in ecs.describe_tasks(cluster="vault", tasks=[task])["tasks"] if t["lastStatus"] == "STOPPED"), None))


import hashlib  # noqa: E402

stopped = run(f"{arn}:password::", f"{arn}:password:AWSCURRENT:{second['VersionId']}", "/shop/stage/url")
assert stopped["containers"][0].get("exitCode") == 0, stopped
wanted = " ".join(hashlib.sha256(v.encode()).hexdigest() for v in (f"{HUSH}-2", f"{HUSH}-2", f"{HUSH}-4"))
events = until("its output", lambda: logs.filter_log_events(logGroupName="/vault")["events"])
assert events[0]["message"] == wanted, events
assert HUSH not in str(stopped)
missing = run(f"{arn}:nothing::")
assert missing["stopCode"] == "TaskFailedToStart" and missing["stoppedReason"].startswith(
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "), missing
assert missing["stoppedReason"].endswith("did not contain json key nothing"), missing

step("values are in the vault, in files of mode 0600, and nowhere else")
holders = []
for folder, _, names in os.walk(state):
    for name in names:
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            if HUSH.encode() in file.read():
                holders.append(path)
                assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, path
assert holders and all("/vault/" in path for path in holders), holders

step("everything is deleted")
secrets.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
assert ssm.delete_parameters(Names=["/shop/stage/url", "/shop/stage/list", "/none"])["InvalidParameters"] == ["/none"]
assert not any(HUSH.encode() in open(path, "rb").read() for path in holders if os.path.exists(path))
step("done")
