"""Palco and the real Terraform on this machine. Run by scripts/test-terraform, which says what it needs."""
import argparse
import os
import shutil
import sys
import tempfile

from clouds import Clouds
from cycle import cycle
from faults import faults
from matrix import MANIFESTS, matrix
from steps import Failure, Skipped, at_once, counts, step

parser = argparse.ArgumentParser(prog="test-terraform", description=__doc__)
for name in ("terraform", "moto", "palco"):
    parser.add_argument(f"--{name}", required=True, help=argparse.SUPPRESS)
parser.add_argument("--provider", default="5.100.0", help="the version of the AWS provider (default: %(default)s)")
kind = parser.add_mutually_exclusive_group()
kind.add_argument("--matrix", nargs="*", metavar="MANIFEST",
                  help=f"the matrix instead, or some of it: {', '.join(MANIFESTS)}")
kind.add_argument("--faults", action="store_true", help="only what goes wrong around the state")
parser.add_argument("--jobs", type=int, default=3, help="manifests of the matrix at once (default: %(default)s)")
arguments = parser.parse_args()

work = tempfile.mkdtemp(prefix="palco-terraform-")
clouds, status = Clouds(arguments, work), 1
try:
    # With it, the buckets of other accounts are theirs.
    step("moto", lambda: clouds.start_moto(MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS="false"))
    if arguments.faults:
        faults(clouds)
    else:
        step("the local cloud", clouds.start_local)
        if arguments.matrix is not None:
            matrix(clouds, arguments.matrix, arguments.jobs)
        else:
            # Both wait for the provider for most of their time.
            at_once(lambda: cycle(clouds), lambda: faults(clouds))
    status = 0
except Skipped as reason:
    print(f"test-terraform: skipped: {reason}", file=sys.stderr)
    status = 1 if os.environ.get("PALCO_REQUIRE_COUNTERPARTS") == "1" else 0
except Failure:
    pass
finally:
    clouds.stop()
    if status or os.environ.get("KEEP"):
        print(f"test-terraform: the logs are in {work}", file=sys.stderr)
    else:
        shutil.rmtree(work, ignore_errors=True)
print(f"{counts['passed']} passed, {counts['failed']} failed")
sys.exit(status)
