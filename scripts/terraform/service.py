"""The service of an environment: which colour serves, what runs, and what Terraform's provider 5 cannot say."""
import re
import time

from project import answers
from steps import expect


class Service:
    """Asks ECS and the load balancer of one environment."""

    def __init__(self, project, name):
        self.project, self.name = project, name
        self.prefix = f"{project.name}-{name}"
        self.ecs, self.elb = project.client("ecs"), project.client("elbv2")
        self.colours = []

    def settled(self):
        """Waits until no deployment of the service is under way."""
        for _ in range(300):
            briefs = self.ecs.list_service_deployments(
                cluster=self.prefix, service=self.project.name)["serviceDeployments"]
            if all(item["status"] in ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")
                   for item in briefs):
                return
            time.sleep(0.2)
        raise Exception(f"a deployment does not end: {briefs}")

    def group(self, colour):
        groups = self.elb.describe_target_groups(Names=[f"{self.prefix}-{colour}"])["TargetGroups"]
        return groups[0]["TargetGroupArn"]

    def rules(self):
        """The rules that forward, production's first and then the test listener's."""
        balancer = self.elb.describe_load_balancers(Names=[self.prefix])["LoadBalancers"][0]["LoadBalancerArn"]
        found = []
        for listener in sorted(self.elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"],
                               key=lambda item: item["Port"]):
            found += [item for item in self.elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
                      if not item["IsDefault"]]
        return found

    def live_colour(self):
        weights = {item["TargetGroupArn"]: item["Weight"]
                   for item in self.rules()[0]["Actions"][0]["ForwardConfig"]["TargetGroups"]}
        return max(("blue", "green"), key=lambda colour: weights.get(self.group(colour), 0))

    def say_what_provider_5_cannot(self):
        """Sets the two blocks that were left out for version 5 of the provider, as version 6 would have."""
        self.settled()
        role = self.project.client("iam").get_role(RoleName=f"{self.prefix}-ecs-infrastructure")["Role"]["Arn"]
        production, test = self.rules()
        service = self.ecs.describe_services(cluster=self.prefix, services=[self.project.name])["services"][0]
        port = service["loadBalancers"][0]["containerPort"]
        settings = service["deploymentConfiguration"]
        watched = settings["alarms"]["alarmNames"]
        known = [item["AlarmName"] for item in
                 self.project.client("cloudwatch").describe_alarms(AlarmNames=watched)["MetricAlarms"]]
        expect(watched and sorted(known) == sorted(watched), f"deployments watch {watched}, and there is {known}")
        self.ecs.update_service(
            cluster=self.prefix, service=self.project.name,
            deploymentConfiguration={**settings, "strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0},
            loadBalancers=[{
                "targetGroupArn": self.group("blue"), "containerName": "web", "containerPort": port,
                "advancedConfiguration": {
                    "alternateTargetGroupArn": self.group("green"), "productionListenerRule": production["RuleArn"],
                    "testListenerRule": test["RuleArn"], "roleArn": role}}])
        self.settled()
        return f"deployment_configuration, load_balancer.advanced_configuration; deployments watch {len(watched)} alarms"

    def bring_secrets(self):
        """Gives the local cloud's tasks the secrets that RDS made in the other cloud, under the same names."""
        theirs = self.project.client("secretsmanager")
        ours = self.project.client("secretsmanager", endpoint_url=self.project.clouds.local)
        known = {item["Name"] for item in ours.list_secrets()["SecretList"]}
        names = [item["Name"] for page in theirs.get_paginator("list_secrets").paginate() for item in page["SecretList"]
                 if item["Name"] not in known]
        expect(names, "RDS has made no secret")
        for name in names:
            ours.create_secret(Name=name, SecretString=theirs.get_secret_value(SecretId=name)["SecretString"])
        return f"{len(names)} brought"

    def serves(self, version):
        url = answers(self.url, version)
        colour = self.live_colour()
        expect(not self.colours or self.colours[-1] != colour, f"{colour} serves again: the colours do not take turns")
        self.colours.append(colour)
        service = self.ecs.describe_services(cluster=self.prefix, services=[self.project.name])["services"][0]
        name = service["taskDefinition"]
        definition = self.ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]
        expect(definition.get("executionRoleArn") and definition.get("taskRoleArn"), f"{name} has lost its roles")
        return f"{url} answers {version} from {colour}, task definition {name.split('/')[-1]}"

    def serves_still(self, version):
        url = answers(self.url, version)
        expect(self.live_colour() == self.colours[-1], "the colour has changed without a release")
        return f"{url} answers {version} as before"

    @property
    def url(self):
        """Without a domain, the load balancer's own name."""
        return f"http://{self.elb.describe_load_balancers(Names=[self.prefix])['LoadBalancers'][0]['DNSName']}"

    def release_by_hand(self, moves_traffic):
        """What ECS and the scaler change during a release, done by hand where ECS is moto's: a new revision, another
        number of tasks, and other weights unless tasks are replaced one by one."""
        family = self.ecs.list_task_definitions(familyPrefix=self.prefix, sort="DESC")["taskDefinitionArns"][0]
        known = self.ecs.describe_task_definition(taskDefinition=family)["taskDefinition"]
        wanted = {key: known[key] for key in (
            "family", "containerDefinitions", "executionRoleArn", "taskRoleArn", "networkMode", "cpu", "memory",
            "requiresCompatibilities", "runtimePlatform", "volumes") if known.get(key)}
        revision = self.ecs.register_task_definition(**wanted)["taskDefinition"]["taskDefinitionArn"]
        self.ecs.update_service(
            cluster=self.prefix, service=self.project.name, taskDefinition=revision, desiredCount=5)
        for rule in self.rules() if moves_traffic else []:
            groups = rule["Actions"][0].get("ForwardConfig", {}).get("TargetGroups", [])
            if len(groups) == 2:
                swapped = [{**item, "Weight": 100 - item["Weight"]} for item in groups]
                self.elb.modify_rule(RuleArn=rule["RuleArn"], Actions=[{
                    "Type": "forward", "ForwardConfig": {"TargetGroups": swapped}}])
        return re.sub(r".*/", "", revision)
