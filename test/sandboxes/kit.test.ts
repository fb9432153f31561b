import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { serveSandbox } from '../../src/sandboxes/kit.ts'

test('sends the complete headers and half of the body when a processed response is cut', async () => {
  const sandbox = await serveSandbox(({ app, effect }) => {
    app.post('/things', (c) => {
      effect('make', '1')
      return c.json({ id: 'abcdefgh' })
    })
  })
  onTestFinished(() => sandbox.close())
  sandbox.fault({ match: {}, kind: 'cut', apply: true, times: 1 })
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
  let result = ''
  socket.on('data', (chunk) => (result += String(chunk)))
  socket.write('POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n')
  await once(socket, 'close')
  expect(result).toMatch(/^HTTP\/1.1 200 [\s\S]*content-length: 17\r\n[\s\S]*\r\n\r\n\{"id":"a$/i)
  expect(sandbox.effects).toMatchObject([{ kind: 'make', id: '1' }])
})

test.each([
  'Host: evil.example',
  'Host: 127.0.0.1.evil.example',
  'Host: localhost\r\nOrigin: https://evil.example',
  'Host: localhost\r\nOrigin: null',
  'Host: localhost\r\nSec-Fetch-Site: cross-site',
])('rejects a request of a website before it is processed: %j', async (lines) => {
  const sandbox = await serveSandbox(({ app, effect }) => {
    app.post('/things', (c) => {
      effect('make', '1')
      return c.json({})
    })
  })
  onTestFinished(() => sandbox.close())
  for (const path of ['/things', '/__sandbox/faults']) {
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
    let result = ''
    socket.on('data', (chunk) => (result += String(chunk)))
    socket.write(`POST ${path} HTTP/1.1\r\n${lines}\r\nContent-Length: 2\r\n\r\n{}`)
    await once(socket, 'close')
    expect(result).toMatch(/^HTTP\/1.1 403 /)
  }
  expect(sandbox.ledger).toEqual([])
  expect(sandbox.effects).toEqual([])
})

test('lets "before" send its own response', async () => {
  const sandbox = await serveSandbox(({ app }) => void app.get('/things', (c) => c.text('thing')), {
    before: (request, response, serve) => {
      if (request.url === '/things?odd') response.end('nothing')
      else serve()
    },
  })
  onTestFinished(() => sandbox.close())
  expect(await (await fetch(`${sandbox.url}/things`)).text()).toBe('thing')
  expect(await (await fetch(`${sandbox.url}/things?odd`)).text()).toBe('nothing')
  expect(sandbox.ledger.map(({ query }) => query)).toEqual(['', 'odd'])
})
