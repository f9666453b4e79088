"""Constant load: requests are due at fixed instants whatever the answers do, and each is accounted for."""
import asyncio
import threading
import time

MIB = bytes(1 << 20)


class Load:
    """Runs in a thread of its own until stopped.

    Answers are counted by the version that gave them. What `wrong` answers otherwise than with 200 is its own fault,
    and counted; every other answer but 200, and none at all, is a failure.
    """

    def __init__(self, host, port, rate, workers=48, wrong=None, posts=True):
        self.host, self.port, self.rate, self.workers = host, port, rate, workers
        self.wrong, self.posts = wrong, posts
        self.sent, self.failures, self.versions, self.faults, self.late = 0, [], {}, 0, 0
        self.stopping = False
        self.thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def __enter__(self):
        self.thread.start()
        self.began = time.monotonic()
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.thread.join()
        self.seconds = time.monotonic() - self.began

    async def _run(self):
        await asyncio.gather(*(self._worker(number) for number in range(self.workers)))

    async def _worker(self, number):
        period, connection, count = self.workers / self.rate, None, number
        due = time.monotonic() + period * number / self.workers
        while not self.stopping:
            await asyncio.sleep(max(0, due - time.monotonic()))
            self.late += time.monotonic() > due + 1
            due = max(due + period, time.monotonic() - 1)
            count += self.workers - 1
            fresh = count % 10 == 0
            self.sent += 1
            try:
                if fresh and connection:
                    connection[1].close()
                    connection = None
                connection = connection or await asyncio.open_connection(self.host, self.port)
                await asyncio.wait_for(self._request(*connection, count), 20)
            except Exception as error:  # whatever it was, a user would have seen it
                self.failures.append(f"{time.monotonic() - self.began:.2f} s: {type(error).__name__} {error}")
                if connection:
                    connection[1].close()
                connection = None
        if connection:
            connection[1].close()

    async def _request(self, reader, writer, count):
        is_post = self.posts and count % 25 == 1
        if is_post:
            writer.write(b"POST /echo HTTP/1.1\r\nHost: web\r\nContent-Length: %d\r\n\r\n" % len(MIB) + MIB)
        else:
            writer.write(b"GET /%s HTTP/1.1\r\nHost: web\r\n\r\n" % (b"slow" if count % 25 == 2 else b""))
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        version = headers.get("x-version", "?")
        if " 200 " not in head[0]:
            if version != self.wrong:
                raise ValueError(f"{head[0]} of {version}")
            self.faults += 1
        if is_post and len(body) != len(MIB):
            raise ValueError(f"{len(body)} bytes of 1 MiB came back")
        self.versions[version] = self.versions.get(version, 0) + 1
