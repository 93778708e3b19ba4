// A bare HTTP server of Node: the bytes of the file named first, to every request. It prints its port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const body = readFileSync(process.argv[2]);
const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
const server = createServer((request, reply) => reply.writeHead(200, headers).end(body));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
