"""S3 by an unmodified boto3: buckets, settings, versions, conditions, checksums, lists, and kill -9.

    buckets.py PALCO SERVICE.PY STATE PORT
"""
import base64
import hashlib
import http.client
import io
import os
import signal
import subprocess
import sys
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from harness import step
from shapes import watch

palco, _, state, port = sys.argv[1:5]
endpoint = f"http://127.0.0.1:{port}"


def start():
    daemon = subprocess.Popen([palco, "cloud", "run", "--port", port, "--state", state], stdout=subprocess.PIPE, text=True)
    line = daemon.stdout.readline()
    assert "ready" in line, line
    return daemon


def client(endpoint, **settings):
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
    made = session.client("s3", endpoint_url=endpoint, config=Config(retries={"max_attempts": 0}, **settings))
    watch(made)
    return made


def fails(code, status, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error.response
        return error.response
    raise AssertionError(f"{call} should fail with {code}")


daemon = start()
try:
    s3 = client(endpoint)
    step("a bucket and its settings")
    s3.create_bucket(Bucket="states")
    s3.head_bucket(Bucket="states")
    s3.get_waiter("bucket_exists").wait(Bucket="states", WaiterConfig={"Delay": 1, "MaxAttempts": 1})
    assert [b["Name"] for b in s3.list_buckets()["Buckets"]] == ["states"]
    assert s3.get_bucket_location(Bucket="states")["LocationConstraint"] is None
    assert "Status" not in s3.get_bucket_versioning(Bucket="states")
    s3.put_bucket_versioning(Bucket="states", VersioningConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_versioning(Bucket="states")["Status"] == "Enabled"
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": True}
    s3.put_bucket_encryption(Bucket="states", ServerSideEncryptionConfiguration={"Rules": [rule]})
    assert s3.get_bucket_encryption(Bucket="states")["ServerSideEncryptionConfiguration"]["Rules"][0]["BucketKeyEnabled"] is True
    block = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    s3.put_public_access_block(Bucket="states", PublicAccessBlockConfiguration=block)
    assert s3.get_public_access_block(Bucket="states")["PublicAccessBlockConfiguration"] == block
    s3.put_bucket_tagging(Bucket="states", Tagging={"TagSet": [{"Key": "team", "Value": "a & b"}]})
    assert s3.get_bucket_tagging(Bucket="states")["TagSet"] == [{"Key": "team", "Value": "a & b"}]
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}'
    s3.put_bucket_policy(Bucket="states", Policy=policy)
    assert s3.get_bucket_policy(Bucket="states")["Policy"] == policy
    assert s3.get_bucket_policy_status(Bucket="states")["PolicyStatus"]["IsPublic"] is False
    s3.delete_bucket_policy(Bucket="states")
    fails("NoSuchBucketPolicy", 404, s3.get_bucket_policy, Bucket="states")
    lifecycle = {"Rules": [{"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "NoncurrentVersionExpiration": {"NoncurrentDays": 90}}]}
    s3.put_bucket_lifecycle_configuration(Bucket="states", LifecycleConfiguration=lifecycle)
    assert s3.get_bucket_lifecycle_configuration(Bucket="states")["Rules"] == lifecycle["Rules"]
    for read in ("acl", "cors", "website", "replication", "logging", "accelerate_configuration", "request_payment", "ownership_controls"):
        try:
            getattr(s3, f"get_bucket_{read}")(Bucket="states")
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404, error
    fails("NoSuchBucket", 404, s3.list_objects_v2, Bucket="nowhere")
    fails("NotImplemented", 501, s3.get_bucket_inventory_configuration, Bucket="states", Id="x")

    step("objects, their versions and their ends")
    one = s3.put_object(Bucket="states", Key="a b/ü+&.txt", Body=b"one", ContentType="text/plain", Metadata={"who": "me"})
    two = s3.put_object(Bucket="states", Key="a b/ü+&.txt", Body=b"two")
    got = s3.get_object(Bucket="states", Key="a b/ü+&.txt", VersionId=one["VersionId"])
    assert got["Body"].read() == b"one" and got["ContentType"] == "text/plain" and got["Metadata"] == {"who": "me"}, got
    assert got["ETag"] == f'"{hashlib.md5(b"one").hexdigest()}"' and got["ServerSideEncryption"] == "AES256"
    marker = s3.delete_object(Bucket="states", Key="a b/ü+&.txt")
    assert marker["DeleteMarker"] is True
    fails("NoSuchKey", 404, s3.get_object, Bucket="states", Key="a b/ü+&.txt")
    fails("404", 404, s3.head_object, Bucket="states", Key="a b/ü+&.txt")
    versions = s3.list_object_versions(Bucket="states")
    assert [v["VersionId"] for v in versions["Versions"]] == [two["VersionId"], one["VersionId"]], versions
    assert versions["DeleteMarkers"][0]["IsLatest"] is True and versions["Versions"][0]["Key"] == "a b/ü+&.txt"
    s3.delete_object(Bucket="states", Key="a b/ü+&.txt", VersionId=marker["VersionId"])
    assert s3.head_object(Bucket="states", Key="a b/ü+&.txt")["ContentLength"] == 3

    step("checksums of every kind, and bytes that were changed")
    body = os.urandom(3_000_000)
    for algorithm in ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"):
        try:
            put = s3.put_object(Bucket="states", Key="sum", Body=body, ChecksumAlgorithm=algorithm)
        except Exception as error:  # CRC32C and CRC64NVME need awscrt
            assert "botocore[crt]" in str(error), error
            continue
        got = s3.get_object(Bucket="states", Key="sum", ChecksumMode="ENABLED")
        assert got[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"] and got["Body"].read() == body
    fails("BadDigest", 400, s3.put_object, Bucket="states", Key="sum", Body=b"x", ChecksumSHA256=base64.b64encode(b"0" * 32).decode())
    fails("BadDigest", 400, s3.put_object, Bucket="states", Key="sum", Body=b"x", ContentMD5=base64.b64encode(b"0" * 16).decode())
    part = s3.get_object(Bucket="states", Key="sum", Range="bytes=1000000-1000009")
    assert part["Body"].read() == body[1_000_000:1_000_010] and part["ContentRange"] == f"bytes 1000000-1000009/{len(body)}"
    fails("InvalidRange", 416, s3.get_object, Bucket="states", Key="sum", Range="bytes=9000000-")
    s3.upload_fileobj(io.BytesIO(body), "states", "file")
    back = io.BytesIO()
    s3.download_fileobj("states", "file", back)
    assert back.getvalue() == body

    step("a body in chunks with a trailer, as SDKs send it over TLS")
    connection = http.client.HTTPConnection("127.0.0.1", int(port))
    crc = base64.b64encode(__import__("zlib").crc32(body).to_bytes(4, "big")).decode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:1_000_001], body[1_000_001:])) + f"0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n".encode()
    connection.request("PUT", "/chunked", chunks, {
        "Host": f"states.s3.us-east-1.localhost:{port}", "Content-Encoding": "aws-chunked", "X-Amz-Content-Sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "X-Amz-Decoded-Content-Length": str(len(body)), "X-Amz-Trailer": "x-amz-checksum-crc32"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    answer.read()
    got = s3.get_object(Bucket="states", Key="chunked")
    assert got["Body"].read() == body and "ContentEncoding" not in got

    step("parts: boto3's transfer manager, all that can be asked of an upload, and what is refused")
    large = os.urandom(20 << 20)
    s3.upload_fileobj(io.BytesIO(large), "states", "large", ExtraArgs={"ContentType": "text/x-large", "ChecksumAlgorithm": "SHA256"})
    back = io.BytesIO()
    s3.download_fileobj("states", "large", back)
    assert back.getvalue() == large
    head = s3.head_object(Bucket="states", Key="large", ChecksumMode="ENABLED")
    assert head["ETag"].endswith('-3"') and head["ContentType"] == "text/x-large" and head["ChecksumType"] == "COMPOSITE", head
    assert s3.get_object(Bucket="states", Key="large", PartNumber=3)["Body"].read() == large[16 << 20:]
    upload = s3.create_multipart_upload(Bucket="states", Key="parts")["UploadId"]
    mine = {"Bucket": "states", "Key": "parts", "UploadId": upload}
    five = large[: 5 << 20]
    tags = {n: s3.upload_part(**mine, PartNumber=n, Body=b)["ETag"] for n, b in ((1, five), (2, b"small"), (3, b"end"))}
    assert tags[1] == f'"{hashlib.md5(five).hexdigest()}"'
    pages = s3.get_paginator("list_parts").paginate(**mine, PaginationConfig={"PageSize": 2})
    assert [(p["PartNumber"], p["Size"]) for page in pages for p in page["Parts"]] == [(1, 5 << 20), (2, 5), (3, 3)]
    assert [u["UploadId"] for u in s3.list_multipart_uploads(Bucket="states")["Uploads"]] == [upload]

    def end(*numbers, tags=tags, **more):
        parts = [{"PartNumber": n, "ETag": tags[n]} for n in numbers]
        return s3.complete_multipart_upload(**mine, MultipartUpload={"Parts": parts}, **more)

    for code, numbers in (("EntityTooSmall", (1, 2, 3)), ("InvalidPartOrder", (3, 1))):
        fails(code, 400, lambda: end(*numbers))
    fails("InvalidPart", 400, lambda: end(1, tags={1: '"0123"'}))
    fails("InvalidArgument", 400, s3.upload_part, **mine, PartNumber=10_001, Body=b"")
    done = end(1, 3, IfNoneMatch="*")
    assert done["ETag"].endswith('-2"') and done["VersionId"], done
    assert s3.get_object(Bucket="states", Key="parts")["Body"].read() == five + b"end"
    fails("NoSuchUpload", 404, lambda: end(1, 3))
    aborted = s3.create_multipart_upload(Bucket="states", Key="aborted")["UploadId"]
    s3.upload_part(Bucket="states", Key="aborted", UploadId=aborted, PartNumber=1, Body=b"x")
    s3.abort_multipart_upload(Bucket="states", Key="aborted", UploadId=aborted)
    fails("NoSuchUpload", 404, s3.list_parts, Bucket="states", Key="aborted", UploadId=aborted)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="states")
    kept = s3.create_multipart_upload(Bucket="states", Key="kept")["UploadId"]
    kept_tag = s3.upload_part(Bucket="states", Key="kept", UploadId=kept, PartNumber=1, Body=b"kept")["ETag"]

    step("one of many writers takes the lock")
    taken, refused = [], []

    def take():
        mine = client(endpoint)
        try:
            taken.append(mine.put_object(Bucket="states", Key="lock", Body=b"me", IfNoneMatch="*")["ETag"])
        except ClientError as error:
            refused.append(error.response["Error"]["Code"])

    threads = [threading.Thread(target=take) for _ in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(taken) == 1 and refused == ["PreconditionFailed"] * 5, (taken, refused)
    fails("PreconditionFailed", 412, s3.put_object, Bucket="states", Key="lock", Body=b"x", IfMatch='"other"')
    s3.put_object(Bucket="states", Key="lock", Body=b"x", IfMatch=taken[0])
    fails("304", 304, s3.get_object, Bucket="states", Key="lock", IfNoneMatch=s3.head_object(Bucket="states", Key="lock")["ETag"])

    step("lists in pages and groups")
    for number in range(12):
        s3.put_object(Bucket="states", Key=f"list/{number % 3}/{number}", Body=b"")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="states", Prefix="list/", PaginationConfig={"PageSize": 5})
    assert len([o for page in pages for o in page["Contents"]]) == 12
    top = s3.list_objects_v2(Bucket="states", Prefix="list/", Delimiter="/")
    assert [p["Prefix"] for p in top["CommonPrefixes"]] == ["list/0/", "list/1/", "list/2/"] and top["KeyCount"] == 3, top
    pages = s3.get_paginator("list_object_versions").paginate(Bucket="states", PaginationConfig={"PageSize": 4})
    count = sum(len(page.get("Versions", [])) for page in pages)

    step("a bucket by its host")
    hosted = client(f"http://s3.localhost:{port}", s3={"addressing_style": "virtual"})
    hosted.meta.events.register("before-send.s3", lambda request, **_: setattr(request, "url", request.url.replace("states.s3.localhost", "127.0.0.1")) or request.headers.__setitem__("Host", f"states.s3.localhost:{port}"))
    assert hosted.get_object(Bucket="states", Key="lock")["Body"].read() == b"x"
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "states", "Key": "lock"})
    connection.request("GET", url.split(port, 1)[1])
    assert connection.getresponse().read() == b"x"

    step("kill -9: what was accepted is there, what was being sent is not")
    sending = http.client.HTTPConnection("127.0.0.1", int(port))
    sending.putrequest("PUT", "/states/half")
    sending.putheader("Content-Length", "1000000")
    sending.endheaders()
    sending.send(body[:500_000])
    s3.put_object(Bucket="states", Key="last", Body=b"kept")
    daemon.send_signal(signal.SIGKILL)
    daemon.wait()
    daemon = start()
    assert s3.get_object(Bucket="states", Key="last")["Body"].read() == b"kept"
    fails("NoSuchKey", 404, s3.get_object, Bucket="states", Key="half")
    pages = s3.get_paginator("list_object_versions").paginate(Bucket="states")
    versions = [v for page in pages for v in page.get("Versions", [])]
    assert len(versions) == count + 1, (len(versions), count)
    files = [name for _, _, names in os.walk(os.path.join(state, "objects")) for name in names]
    assert len(files) == len(versions) + 1, (len(files), len(versions))  # the part of "kept"
    parts = [{"PartNumber": 1, "ETag": kept_tag}]
    s3.complete_multipart_upload(Bucket="states", Key="kept", UploadId=kept, MultipartUpload={"Parts": parts})
    assert s3.get_object(Bucket="states", Key="kept")["Body"].read() == b"kept"
    versions = [v for page in s3.get_paginator("list_object_versions").paginate(Bucket="states") for v in page.get("Versions", [])]

    step("delete everything")
    fails("BucketNotEmpty", 409, s3.delete_bucket, Bucket="states")
    markers = [v for page in s3.get_paginator("list_object_versions").paginate(Bucket="states") for v in page.get("DeleteMarkers", [])]
    wanted = [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in versions + markers]
    deleted = s3.delete_objects(Bucket="states", Delete={"Objects": wanted})
    assert len(deleted["Deleted"]) == len(wanted) and "Errors" not in deleted
    s3.delete_bucket(Bucket="states")
    fails("404", 404, s3.head_bucket, Bucket="states")
    assert not [name for _, _, names in os.walk(os.path.join(state, "objects")) for name in names]
    step("done")
finally:
    daemon.kill()
    daemon.wait()
