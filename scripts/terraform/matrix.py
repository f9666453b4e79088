"""The matrix: manifests of the tests that cover each choice at least once, each through the whole of Terraform."""
import os
import re
import subprocess
import threading

from clouds import REGION
from project import FIXTURES, IMAGE, Project
from service import Service
from steps import at_once, expect, step

# NAT, compute, database, way in, domain, zones. `full` is RDS over zones with pipelines and everything else.
MANIFESTS = {
    "ec2-gateway-http": "one gateway, EC2, no database, session manager, plain HTTP, 2 zones",
    "ec2-instance-ec2-bastion": "NAT instance, EC2, database on EC2, bastion, domain, 2 zones",
    "ec2-zones-ec2-bastion": "a gateway per zone, EC2 on ARM, database on EC2, bastion, plain HTTP, 3 zones",
    "ec2-none-rds": "no NAT, EC2 on ARM, RDS, session manager, domain, 3 zones, protected",
    "fargate-none-ec2-bastion": "no NAT, Fargate, database on EC2, bastion, domain, 2 zones",
    "fargate-instance-rds-spot": "NAT instance, Fargate with spot, RDS, session manager, domain, 2 zones",
    "fargate-gateway-rds-bastion": "one gateway, Fargate, RDS, bastion, plain HTTP, 2 zones",
    "full": "a gateway per zone, Fargate, RDS over zones, session manager, domain, 3 zones, protected, pipelines",
}


# Key pairs and zones are the account's: each is made once.
rooms = threading.Lock()


def matrix(clouds, names, jobs):
    unknown = set(names) - set(MANIFESTS)
    expect(not unknown, f"the matrix has no {', '.join(sorted(unknown))}; it has {', '.join(MANIFESTS)}")
    at_once(*[lambda name=name: case(clouds, name) for name in names or MANIFESTS], jobs=jobs)


def case(clouds, manifest):
    name = "m" + str(list(MANIFESTS).index(manifest))
    text = open(f"{FIXTURES}/{manifest}.yml").read()
    # Names must not meet in one account; the clouds play one region.
    text = text.replace("name: shop\n", f"name: {name}\n").replace("example.org", f"{name}.example.org")
    text = re.sub(r"region: [a-z0-9-]+", f"region: {REGION}", text)
    environment = "production" if "  production:" in text else "stage"
    # The local cloud has neither HTTPS listeners nor container instances: these cases have moto's ECS and balancer.
    has_local = "domain:" not in text and "capacity: {kind: ec2" not in text
    if has_local:
        text = text.replace("image: {dockerfile: Dockerfile}", IMAGE)
        text = re.sub(r"service: \{port: (\d+)", r"service: {health: {path: /healthz, interval: 5s}, port: \1", text)
        text = text.replace("tags:", "release: {strategy: blue_green, bake: 0m}\ntags:", 1)
    project = Project(clouds, name, text, has_local=has_local)
    service = Service(project, environment)
    project.override(environment)

    def labelled(what, body):
        return step(f"{manifest}: {what}", body)

    def no_changes(when):
        labelled(f"plan {when}", lambda: project.plan_without_changes(environment))

    def release():
        project.version("v1")
        project.palco("deploy", environment, "--label", "v1")
        return service.serves("v1")

    labelled("prepare", lambda: prepare(project, text))
    labelled("plan", lambda: project.plan(environment))
    labelled("up", lambda: project.up(environment))
    no_changes("after up")
    if has_local:
        labelled("the two blocks of provider 6", service.say_what_provider_5_cannot)
        if "kind: rds" in text:
            labelled("the database's password", service.bring_secrets)
        labelled("release", release)
    else:
        labelled("a release's changes, by hand",
                 lambda: service.release_by_hand(moves_traffic="strategy: blue_green" in text))
    no_changes("after the release")
    words = ["--unprotect"] if environment == "production" else []
    labelled("down", lambda: project.down(environment, *words))
    return MANIFESTS[manifest]


def prepare(project, text):
    """What is there before an environment is: the state's bucket and the repository, which `palco bootstrap` makes
    (the cycle proves that), the key pair of a bastion, the zone of a domain."""
    with rooms:
        return prepare_alone(project, text)


def prepare_alone(project, text):
    project.client("s3").create_bucket(
        Bucket=f"palco-{project.name}-123456789012-{REGION}",
        CreateBucketConfiguration={"LocationConstraint": REGION})
    project.client("ecr").create_repository(repositoryName=project.name, imageTagMutability="IMMUTABLE")
    ec2 = project.client("ec2")
    if "bastion" in text and not ec2.describe_key_pairs()["KeyPairs"]:
        path = os.path.join(project.folder, "key")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
        ec2.import_key_pair(KeyName="ops-2026", PublicKeyMaterial=open(path + ".pub", "rb").read())
    if "domain:" in text:
        project.client("route53").create_hosted_zone(Name=f"{project.name}.example.org", CallerReference=project.name)
    return "on the local cloud" if project.has_local else "on moto alone"
