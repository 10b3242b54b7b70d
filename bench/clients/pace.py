"""Python's own clients, as people use them: urllib and http.client, so many threads, for so many seconds.

usage: python3 pace.py BASE TOKEN SECONDS THREADS; prints how often each status came
"""
import collections
import http.client
import itertools
import json
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

base, token, seconds, threads = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
until = time.monotonic() + seconds
headers = {"Authorization": f"Bearer {token}"}
statuses = collections.Counter()
numbers = itertools.count()


def path():
    return f"/v1/search?q=isrc:USSIM26{next(numbers) % 1000:05}&type=track&limit=1"


def with_urllib():
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(urllib.request.Request(base + path(), headers=headers)) as answer:
                answer.read()
                statuses[answer.status] += 1
        except urllib.error.HTTPError as refused:
            statuses[refused.code] += 1


def with_http_client():
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc)
    while time.monotonic() < until:
        connection.request("GET", path(), headers=headers)
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] += 1
    connection.close()


crew = [threading.Thread(target=with_http_client if i % 2 else with_urllib) for i in range(threads)]
for thread in crew:
    thread.start()
for thread in crew:
    thread.join()
print(json.dumps(statuses))
