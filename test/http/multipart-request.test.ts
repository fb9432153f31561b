import { Busboy } from '@fastify/busboy'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { httpLimits } from '../../src/http/limits.ts'
import { MultipartRequest } from '../../src/http/request/multipart.ts'

test('fails with UPLOAD_ABORTED if the client has disconnected before the request is read', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write(
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: 9\r\n\r\n',
  )
  const [request] = (await once(server, 'request')) as [IncomingMessage]
  client.destroy()
  await new Promise((resolve) => request.once('close', resolve))
  const events = { onHead: () => {}, onProgress: () => {} }
  const { operations } = new MultipartRequest(Busboy, request, httpLimits, events)
  await expect(operations).rejects.toMatchObject({ problem: { code: 'UPLOAD_ABORTED' } })
  server.close()
})
