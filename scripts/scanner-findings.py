"""What trivy and checkov found, as check-terraform reads it: scanner-findings.py FOLDER. The exit code is 1 for any
finding of weight, and for a scanner that passed no check at all: it did not read the files."""
import glob
import json
import os
import sys

work, problems, passed = sys.argv[1], [], 0
for path in sorted(glob.glob(f"{work}/trivy-*.json")):
    module, seen = os.path.basename(path)[6:-5], 0
    for result in json.load(open(path)).get("Results", []):
        seen += result.get("MisconfSummary", {}).get("Successes", 0)
        for found in result.get("Misconfigurations", []):
            if found["Severity"] in ("HIGH", "CRITICAL"):
                problems.append(f"trivy {found['ID']} {module} {found['CauseMetadata'].get('Resource')}: {found['Title']}")
    if seen == 0:
        problems.append(f"trivy passed no check in {module}: it did not read it")
    passed += seen
report = json.load(open(f"{work}/checkov.json"))
# Of nothing at all it gives the summary alone.
summary = report.get("summary", report)
if summary["passed"] == 0 or summary["parsing_errors"]:
    problems.append(f"checkov did not read the files: {summary}")
for found in report.get("results", {}).get("failed_checks", []):
    problems.append(f"checkov {found['check_id']} {found['file_path']} {found['resource']}: {found['check_name']}")
for problem in problems:
    print(f"check-terraform: {problem}")
print(f"check-terraform: trivy: {passed} checks passed; checkov: {summary['passed']} passed, "
      f"{summary.get('skipped', 0)} accepted by name, {summary['failed']} failed")
sys.exit(1 if problems else 0)
