#!/usr/bin/env python3
"""An endpoint that handles tasks: checks the signature and answers with the result."""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["RENDER_SECRET"].removeprefix("whsec_"))


class Endpoint(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not self.is_signed(body):
            self.answer(401, {"error": "the signature is wrong"})
            return
        pushed = json.loads(body)
        # A repetition of the same attempt, or of an earlier one, is to change nothing: see the fencing token.
        self.answer(200, {"text": pushed["payload"]["text"].upper(), "token": pushed["fencingToken"]})

    def is_signed(self, body):
        timestamp = self.headers.get("webhook-timestamp", "0")
        signed = f'{self.headers.get("webhook-id")}.{timestamp}.'.encode() + body
        expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
        fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) < 300
        return fresh and hmac.compare_digest(expected, self.headers.get("webhook-signature", ""))

    def answer(self, status, value):
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8099"))), Endpoint)
    print(server.server_port, flush=True)
    server.serve_forever()
