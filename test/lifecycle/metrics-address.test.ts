import net from 'node:net'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../support/server.ts'
import { raw } from '../http/harness.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const berlin = await startSandbox('trueconf')
afterAll(() => berlin.close())
const accounts = { berlin: berlin.account }

async function start(metrics: unknown) {
  const parley = await startProcess({ accounts, metrics })
  onTestFinished(() => parley.dispose())
  await expect.poll(() => parley.lines().map(({ msg }) => msg), { timeout: 30_000 }).toContain('serving')
  const serving = parley.lines().find(({ msg }) => msg === 'serving')
  return { parley, metricsUrl: serving?.['metricsUrl'] as string | undefined }
}
const statusOf = async (url: string) => (await fetch(url)).status

test('serves /metrics only on its own address', async () => {
  const { parley, metricsUrl = '' } = await start({ host: '127.0.0.1', port: 0 })
  const response = await fetch(`${metricsUrl}/metrics`)
  expect(response.headers.get('content-type')).toContain('version=0.0.4')
  expect(await response.text()).toMatch(/^parley_breaker_open\{account="berlin"\} 0$/m)
  expect(await statusOf(`${parley.url}/metrics`)).toBe(404)
  for (const path of ['/', '/graphql', '/graphql?query=%7B__typename%7D', '/healthz'])
    expect(await statusOf(metricsUrl + path), path).toBe(404)
})

test('rejects requests of websites on its own address if no callers are configured', async () => {
  const { metricsUrl = '' } = await start({ port: 0 })
  for (const lines of ['Host: evil.example', 'Host: localhost\r\nOrigin: https://evil.example']) {
    const request = `GET /metrics HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`
    const result = await raw(Number(new URL(metricsUrl).port), request)
    expect(result).toMatch(/^HTTP\/1\.1 403 /)
    expect(result).not.toContain('parley_')
  }
})

test('applies the socket limits of the API', async () => {
  const { metricsUrl = '' } = await start({ port: 0 })
  const large = `GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(17 * 1024)}\r\n\r\n`
  expect(await raw(Number(new URL(metricsUrl).port), large)).toMatch(/^HTTP\/1\.1 431 /)
})

test('stops with the server although connections are open', async () => {
  const { parley, metricsUrl = '' } = await start({ port: 0 })
  const { port } = new URL(metricsUrl)
  const idle = net.connect(Number(port), '127.0.0.1')
  await fetch(`${metricsUrl}/metrics`)
  parley.kill('SIGTERM')
  expect(await parley.exited).toBe(0)
  idle.destroy()
  await expect(fetch(`${metricsUrl}/metrics`)).rejects.toThrow()
})

test('does not serve /metrics if metrics are disabled', async () => {
  const { parley, metricsUrl } = await start(false)
  expect(metricsUrl).toBeUndefined()
  expect(await statusOf(`${parley.url}/metrics`)).toBe(404)
})
