"""What goes wrong around the state, at Palco's command line: buckets that cannot be used, two at once, Ctrl-C, kill."""
import json
import os
import re
import shutil
import signal
import subprocess
import time

from clouds import ACCOUNT, REGION
from project import Project
from steps import at_once, expect, run, step

MANIFEST = """name: {name}
image: {{dockerfile: Dockerfile}}
service: {{port: 8080}}
tags: {{owner: team-shop}}
{more}environments:
  stage: {{target: aws, region: eu-west-1}}
"""
# An apply that waits for a file, and tells who runs it.
SLOW = """resource "terraform_data" "slow" {
  provisioner "local-exec" { command = "echo $PPID > started; until [ -e go ]; do sleep 0.05; done" }
}
"""
BOOTSTRAP = f"bootstrap-{REGION}"


def faults(clouds):
    at_once(lambda: buckets(clouds), lambda: two_at_once(clouds), lambda: interrupted(clouds), lambda: regions(clouds))


def project(clouds, name, more="", folder=None):
    made = Project(clouds, name, MANIFEST.format(name=name, more=more), has_local=False, folder=folder)
    made.override(BOOTSTRAP)
    return made


def bucket_name(name, region=REGION):
    return f"palco-{name}-{ACCOUNT}-{region}"


def refused(project, words, *command):
    said = project.palco(*command, accepted=(13,)).stderr
    expect(words in said, f"'{words}' is not said: {said}")
    return words


# Buckets that cannot be used

def buckets(clouds):
    place = {"CreateBucketConfiguration": {"LocationConstraint": REGION}}

    def public():
        shop = project(clouds, "open")
        shop.client("s3").create_bucket(Bucket=bucket_name("open"), ACL="public-read", **place)
        refused(shop, "is public", "plan", "stage")
        return refused(shop, "put-public-access-block", "bootstrap")

    def foreign():
        shop = project(clouds, "foreign")
        keys = clouds.client("sts", False).assume_role(
            RoleArn="arn:aws:iam::111122223333:role/somebody", RoleSessionName="else")["Credentials"]
        clouds.client("s3", False, aws_access_key_id=keys["AccessKeyId"], aws_session_token=keys["SessionToken"],
                      aws_secret_access_key=keys["SecretAccessKey"]).create_bucket(
                          Bucket=bucket_name("foreign"), **place)
        return refused(shop, "belongs to another account", "bootstrap")

    def full():
        shop = project(clouds, "full")
        s3 = shop.client("s3")
        s3.create_bucket(Bucket=bucket_name("full"), **place)
        s3.put_object(Bucket=bucket_name("full"), Key="holidays.jpg", Body=b"")
        return refused(shop, "no state of its own making", "bootstrap")

    def missing():
        return refused(project(clouds, "missing"), "make it with `palco bootstrap`", "up", "stage", "--yes")

    step("a public bucket is refused", public)
    step("a bucket of somebody else is refused", foreign)
    step("a bucket with other things is refused", full)
    step("up without a bootstrap is refused", missing)


# Two at once

def two_at_once(clouds):
    first, second = project(clouds, "both"), project(clouds, "both", folder="both-elsewhere")
    s3 = first.client("s3")

    def bootstraps():
        done = []
        at_once(*[lambda machine=machine: done.append(machine.palco("bootstrap", accepted=(0, 13)))
                  for machine in (first, second)])
        codes = sorted(item.returncode for item in done)
        expect(codes == [0, 13], f"the two ended with {codes}")
        said = next(item.stderr for item in done if item.returncode == 13)
        expect("is locked: " in said or "somebody else changed" in said, f"the second is not told why: {said}")
        return re.search(r"is locked.*|somebody else.*", said)[0]

    def held():
        with open(os.path.join(first.terraform_folder(BOOTSTRAP), "slow.tf"), "w") as file:
            file.write(SLOW)
        running = begin(first)
        pid = wait_for(os.path.join(first.terraform_folder(BOOTSTRAP), "started"), running)
        said = refused(second, "is locked", "bootstrap")
        os.kill(int(pid), signal.SIGKILL)
        out = running.communicate(timeout=60)[1]
        expect(running.returncode == 1 and "was killed (signal 9)" in out, f"a killed apply says: {out}")
        return said

    def freed():
        said = first.palco("bootstrap", accepted=(13,)).stderr
        command = re.search(r"free the lock: (.*)", said)
        expect(command, f"no command is told: {said}")
        # Nobody is asked here.
        run(command[1].replace("force-unlock", "force-unlock -force").split(), first.environment, first.folder)
        open(os.path.join(first.terraform_folder(BOOTSTRAP), "go"), "w").close()
        first.palco("bootstrap")
        return "by the command that is told; the next run goes on"

    def lost():
        folder = first.terraform_folder(BOOTSTRAP)
        for name in ("go", "started"):
            os.unlink(os.path.join(folder, name))
        with open(os.path.join(folder, "slow.tf"), "w") as file:
            file.write(SLOW.replace('"slow"', '"again"'))
        running = begin(first)
        wait_for(os.path.join(folder, "started"), running)
        s3.delete_object(Bucket=bucket_name("both"), Key="both/bootstrap/terraform.tfstate.tflock")
        open(os.path.join(folder, "go"), "w").close()
        said = running.communicate(timeout=60)[1]
        expect(running.returncode == 1 and "the lock was not there any more" in said, f"a lost lock says: {said}")
        return "said, and everything is stored"

    step("of two bootstraps at once one is refused", bootstraps)
    step("bootstrap again after both", first.bootstrap_again)
    step("who holds the lock is told; a killed apply leaves it", held)
    step("the lock that was left is freed", freed)
    step("a lock that goes away meanwhile is a doubt", lost)


def begin(project, *words):
    return subprocess.Popen(
        [project.clouds.arguments.palco, *(words or ("bootstrap",))], cwd=project.folder, env=project.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(path, running):
    """The content of a file, as soon as there is one."""
    for _ in range(1200):
        if os.path.exists(path) and open(path).read():
            return open(path).read()
        expect(running.poll() is None, f"it ended too early: {running.communicate()[1] if running.poll() else ''}")
        time.sleep(0.05)
    raise Exception(f"{path} does not appear")


# Ctrl-C in the middle

def interrupted(clouds):
    shop = project(clouds, "cut")
    s3 = shop.client("s3")

    def keys():
        return [item["Key"] for item in s3.list_objects_v2(Bucket=bucket_name("cut")).get("Contents", [])]

    def stop():
        running = begin(shop)
        log = os.path.join(shop.terraform_folder(BOOTSTRAP), "terraform.log")
        for _ in range(1200):
            # Reading is no action, and is told in the same way.
            lines = open(log).read().splitlines() if os.path.exists(log) else []
            if any('"apply_complete"' in line and '"action":"create"' in line for line in lines):
                break
            expect(running.poll() is None, "it ended too early")
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=120)[1]
        expect(running.returncode == 11 and "its lock released" in said, f"{running.returncode}: {said}")
        expect(keys() == ["cut/bootstrap/terraform.tfstate"], f"the bucket holds {keys()}")
        return re.search(r"interrupted after .*;", said)[0]

    def go_on():
        # Another machine, which knows nothing but the bucket.
        shutil.rmtree(os.path.join(shop.folder, ".palco"))
        shop.override(BOOTSTRAP)
        shop.palco("bootstrap")
        return shop.bootstrap_again()

    step("Ctrl-C stores the state and releases the lock", stop)
    step("another machine finishes what was cut short", go_on)


# Two regions

def regions(clouds):
    more = "pipeline: {github: example/both}\n"
    shop = Project(clouds, "wide", MANIFEST.format(name="wide", more=more)
                   + "  production: {target: aws, region: us-east-1}\n", has_local=False)
    for region in (REGION, "us-east-1"):
        shop.override(f"bootstrap-{region}")

    def bootstrap():
        outcomes = shop.report("bootstrap")["regions"]
        expect([item["bucket"] for item in outcomes] == [bucket_name("wide"), bucket_name("wide", "us-east-1")],
               json.dumps(outcomes))
        providers = shop.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
        expect(len(providers) == 1, f"{len(providers)} issuers")
        return "one issuer of tokens, two buckets"

    def again():
        outcomes = shop.report("bootstrap")["regions"]
        expect(not any(item["changed"] for item in outcomes), json.dumps(outcomes))
        return "unchanged"

    step("a bootstrap over two regions", bootstrap)
    step("a bootstrap over two regions again", again)
