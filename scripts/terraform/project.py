"""A project of the tests: palco.yml, the service's files, and what moto needs beside the generated Terraform."""
import json
import os
import re
import shutil
import urllib.request

from clouds import ACCOUNT, REGION, indented
from steps import Skipped, expect, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FIXTURES = os.path.join(ROOT, "Tests/PalcoBlueprintTests/Fixtures/aws")
SERVICE = os.path.join(ROOT, "Tests/IntegrationTests/Fixtures/service.py")
IMAGE = ("image:\n  files: {/app/service.py: service.py, /app/version.txt: version.txt}\n"
         "  command: [python3, /app/service.py]")


class Project:
    """A folder with a palco.yml, and `palco` in it."""

    def __init__(self, clouds, name, manifest, has_local=True, folder=None):
        self.clouds, self.name, self.manifest, self.has_local = clouds, name, manifest, has_local
        self.folder = os.path.join(clouds.work, folder or name)
        os.makedirs(self.folder)
        with open(os.path.join(self.folder, "palco.yml"), "w") as file:
            file.write(manifest)
        shutil.copy(SERVICE, self.folder)
        self.version("none")

    def version(self, version):
        with open(os.path.join(self.folder, "version.txt"), "w") as file:
            file.write(version + "\n")

    @property
    def environment(self):
        return self.clouds.environment(self.has_local)

    def palco(self, *words, accepted=(0,)):
        return run([self.clouds.arguments.palco, *words], self.environment, self.folder, accepted,
                   os.path.join(self.folder, "commands.log"))

    def report(self, *words, accepted=(0,)):
        return json.loads(self.palco(*words, "--json", accepted=accepted).stdout)

    def client(self, service, **options):
        return self.clouds.client(service, self.has_local, **options)

    def terraform_folder(self, name):
        return os.path.join(self.folder, ".palco/terraform", name)

    def override(self, name):
        """Lets Terraform speak to moto. Palco leaves files alone that it did not write."""
        folder = self.terraform_folder(name)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        # moto evaluates policies without their conditions: the refusal of plain HTTP would lock everybody out.
        bucket = "state" if name.startswith("bootstrap") else "access_logs"
        policy = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "s3:*",
            "Resource": f"${{aws_s3_bucket.{bucket}.arn}}/*"}]}
        resources = {}
        if name.startswith("bootstrap") or "requests: false" not in self.manifest:
            resources["aws_s3_bucket_policy"] = {bucket: {"policy": json.dumps(policy)}}
        if "database: {kind: ec2" in self.manifest:
            # moto has no Data Lifecycle Manager, which takes the snapshots.
            resources["aws_dlm_lifecycle_policy"] = {"database": {"count": 0}}
        override = {
            # The default of 25 makes a call that nobody answers hang for many minutes.
            "provider": {"aws": {"skip_metadata_api_check": "true", "s3_use_path_style": True, "max_retries": 3}},
            **({"resource": resources} if resources else {}),
        }
        with open(os.path.join(folder, "moto_override.tf.json"), "w") as file:
            json.dump(override, file, indent=2)

    def bootstrap(self):
        """Makes the account ready by Palco; without the provider that is wanted, everything is skipped."""
        self.override(f"bootstrap-{REGION}")
        done = self.palco("bootstrap", "--json", accepted=(0, 1))
        if done.returncode:
            if "no available releases match" in done.stderr:
                raise Skipped(f"needs provider hashicorp/aws {self.clouds.arguments.provider}")
            raise Exception("palco bootstrap ended with 1\n" + indented(done.stderr[-5000:]))
        outcome = json.loads(done.stdout)["regions"][0]
        expect(outcome["changed"], "a new account is said to be unchanged")
        return f"{outcome['bucket']}, {re.search(r'account with (.*)', done.stderr)[1]}"

    def bootstrap_again(self):
        outcome = self.report("bootstrap")["regions"][0]
        expect(not outcome["changed"], f"a second bootstrap changes something: {outcome}")
        return "unchanged"

    def plan(self, name):
        report = self.report("plan", name)
        expect(report["changed"], "nothing is to be made")
        plan = report["plan"]["changes"]
        expect(all(change["action"] == "create" for change in plan), f"not only new things: {plan}")
        return f"{len(plan)} to create"

    def up(self, name):
        report = self.report("up", name, "--yes")
        expect(report["changed"], "nothing was made")
        return report.get("url")

    def plan_without_changes(self, name):
        done = self.palco("plan", name, "--json")
        if json.loads(done.stdout)["changed"]:
            raise Exception("the plan has changes\n" + indented(self.palco("plan", name).stdout))
        return "no changes"

    def down(self, name, *words):
        report = self.report("down", name, "--yes", *words)
        expect(report["changed"], "nothing was taken away")
        left = self.left(f"{self.name}-{name}")
        expect(not left, f"left: {', '.join(left)}")
        return "nothing is left"

    def left(self, prefix):
        """What is still there of an environment, by its names and tags."""
        elb, ecs, ec2 = self.client("elbv2"), self.client("ecs"), self.client("ec2")
        found = [item["LoadBalancerArn"] for item in elb.describe_load_balancers()["LoadBalancers"]]
        found += [item["TargetGroupArn"] for item in elb.describe_target_groups()["TargetGroups"]]
        # AWS tells of a deleted cluster for a while.
        clusters = ecs.describe_clusters(clusters=ecs.list_clusters()["clusterArns"])["clusters"]
        found += [item["clusterArn"] for item in clusters if item["status"] == "ACTIVE"]
        found += [item["logGroupName"] for item in self.client("logs").describe_log_groups()["logGroups"]]
        cloudwatch = self.client("cloudwatch")
        alarms = cloudwatch.describe_alarms()
        found += [item["AlarmName"] for item in alarms["MetricAlarms"] + alarms.get("CompositeAlarms", [])]
        found += [item["DashboardName"] for item in cloudwatch.list_dashboards().get("DashboardEntries", [])]
        found += [item["DBInstanceIdentifier"] for item in self.client("rds").describe_db_instances()["DBInstances"]]
        iam = self.client("iam")
        found += [item["RoleName"] for page in iam.get_paginator("list_roles").paginate() for item in page["Roles"]
                  if not item["RoleName"].endswith("-deploy")]
        found += [item["Name"] for item in self.client("s3").list_buckets()["Buckets"]]
        found += [item["Name"] for item in self.client("secretsmanager").list_secrets()["SecretList"]]
        left = [item for item in found if re.search(rf"(^|[/:]){re.escape(prefix)}\b", item)]
        name, environment = prefix.rsplit("-", 1)
        tags = [{"Name": "tag:project", "Values": [name]}, {"Name": "tag:environment", "Values": [environment]}]
        left += [item["VpcId"] for item in ec2.describe_vpcs(Filters=tags)["Vpcs"]]
        left += [item["VolumeId"] for item in ec2.describe_volumes(Filters=tags)["Volumes"]]
        left += [item["AllocationId"] for item in ec2.describe_addresses(Filters=tags)["Addresses"]]
        left += [item["InstanceId"] for group in ec2.describe_instances(Filters=tags)["Reservations"]
                 for item in group["Instances"] if item["State"]["Name"] != "terminated"]
        return left


def answers(url, version):
    body = urllib.request.urlopen(url, timeout=5).read().decode()
    expect(body == version, f"{url} answers '{body}', not '{version}'")
    return url
