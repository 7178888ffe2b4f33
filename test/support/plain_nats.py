"""A client of NATS that knows nothing of HOCL and uses no library: the protocol's lines over a socket.

plain_nats.py HOST PORT ask SUBJECT TEXT      sends a request and prints the answer
plain_nats.py HOST PORT hear SUBJECT COUNT    prints so many messages, each on a line
plain_nats.py HOST PORT tell SUBJECT TEXT     sends a message
"""

import socket
import sys


def main():
    host, port, verb, subject, argument = sys.argv[1:6]
    link = socket.create_connection((host, int(port)), timeout=20)
    lines = link.makefile("rb")
    lines.readline()  # INFO
    link.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')
    if verb == "hear":
        link.sendall(b"SUB %s 1\r\nPING\r\n" % subject.encode())
    else:
        payload = argument.encode()
        head = b"PUB %s %s%d\r\n" % (subject.encode(), b"inbox.plain " if verb == "ask" else b"", len(payload))
        link.sendall(b"SUB inbox.plain 1\r\n" + head + payload + b"\r\nPING\r\n")
    left = int(argument) if verb == "hear" else 1
    while left > 0:
        line = lines.readline()
        if line.startswith(b"PING"):
            link.sendall(b"PONG\r\n")
        elif line.startswith(b"PONG"):
            if verb == "hear":
                print("listening", flush=True)
            if verb == "tell":
                return
        elif line.startswith(b"MSG"):
            text = lines.read(int(line.split()[-1]) + 2)[:-2]
            print(text.decode(), flush=True)
            left -= 1
        elif line.startswith(b"-ERR") or line == b"":
            sys.exit("the server says " + line.decode())


main()
