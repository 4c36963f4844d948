"""Runs PKG_REPORTES.GENERAR_MENSUAL and leaves its rows in a file, with Python's own library alone.

    python3 reporte.py http://localhost:8080 TOKEN ventas.csv
"""

import json
import shutil
import sys
import time
import urllib.error
import urllib.request
import uuid


class Diferido:
    """A client of one service, with one token."""

    def __init__(self, base, token):
        self.base = base
        self.token = token

    def ask(self, method, path, body=None, **headers):
        request = urllib.request.Request(
            self.base + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": "Bearer " + self.token,
                "Content-Type": "application/json",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            method=method,
        )
        return urllib.request.urlopen(request, timeout=90)

    def submit(self, name, **params):
        """The id of the job. A call that is sent again with the same key is the same job."""
        call = {"name": name, "params": [{"name": key, "value": value} for key, value in params.items()]}
        with self.ask("POST", "/procedure/async", call, Idempotency_Key=str(uuid.uuid4())) as answer:
            return json.load(answer)["job_id"]

    def end(self, job_id):
        """The job when it has ended. A service that is away for a while does not lose it."""
        while True:
            try:
                with self.ask("GET", f"/jobs/{job_id}?wait=30") as answer:
                    # Numbers never become floats: a NUMBER of Oracle has more digits.
                    job = json.load(answer, parse_float=str)
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code != 429:
                    raise
                time.sleep(2)
                continue
            except urllib.error.URLError:
                time.sleep(2)
                continue
            print(job["status"], job["progress"])
            if job["status"] in ("completed", "failed"):
                return job

    def download(self, job_id, result, accept, file):
        with self.ask("GET", f"/jobs/{job_id}/results/{result}", Accept=accept) as answer:
            with open(file, "wb") as out:
                shutil.copyfileobj(answer, out)


def main(base, token, file):
    diferido = Diferido(base, token)
    job_id = diferido.submit("PKG_REPORTES.GENERAR_MENSUAL", vMES=12, vANIO=2025)
    job = diferido.end(job_id)
    if job["status"] == "failed":
        sys.exit(job["error"])
    diferido.download(job_id, "result_set_1", "text/csv", file)
    print(job["result"]["result_set_1"]["row_count"], "rows in", file)


if __name__ == "__main__":
    main(*sys.argv[1:])
