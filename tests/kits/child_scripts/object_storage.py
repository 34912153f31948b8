"""Object storage on loopback that lets one account in: run by the Python that has moto.

It says where it is and what its account is called, stores what each line of its input says, and
ends when its input does.
"""

import json
import os
import sys

# Three questions before anybody has an account.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "3"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"
iam = boto3.client(
    "iam",
    endpoint_url=url,
    region_name="us-east-1",
    aws_access_key_id="first",
    aws_secret_access_key="first",
)
iam.create_user(UserName="steps")
keys = iam.create_access_key(UserName="steps")["AccessKey"]
allowed = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
iam.put_user_policy(
    UserName="steps",
    PolicyName="steps",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}),
)
sys.stdout.write(json.dumps([url, keys["AccessKeyId"], keys["SecretAccessKey"]]) + "\n")
sys.stdout.flush()
s3 = boto3.client(
    "s3",
    endpoint_url=url,
    region_name="us-east-1",
    aws_access_key_id=keys["AccessKeyId"],
    aws_secret_access_key=keys["SecretAccessKey"],
)
for line in sys.stdin:
    bucket, objects = json.loads(line)
    s3.create_bucket(Bucket=bucket)
    for key, text in objects.items():
        s3.put_object(Bucket=bucket, Key=key, Body=text.encode())
    sys.stdout.write("stored\n")
    sys.stdout.flush()
server.stop()
