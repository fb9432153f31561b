import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { request } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import type { SandboxOptions } from '../../src/sandboxes/kit.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { Upload } from '../../src/vendors/vendor-inputs.ts'
import { newCall } from '../support/account.ts'
import { openOver, pageOf } from './contract/open.ts'
import { toFixtureOptions } from './contract/fixtures.ts'
import { newConference } from './new-conference.ts'
import { open as openZoom } from './zoom/open.ts'
import { startSandboxOf } from '../support/sandbox.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

const picture = (): Upload => ({
  name: 'a.png',
  contentType: 'image/png',
  size: 1,
  bytes: Readable.from([Buffer.from('x')]),
})

test.each(vendors)('$label: sends User-Agent and Accept with every request', async (definition) => {
  const requests: { request: string; accept: string | undefined; userAgent: string | undefined }[] = []
  const before: SandboxOptions['before'] = ({ method, url, headers }, _response, serve) => {
    requests.push({ request: `${method} ${url}`, accept: headers.accept, userAgent: headers['user-agent'] })
    serve()
  }
  const sandbox = await startSandboxOf(definition, { ...toFixtureOptions(definition).seed, before })
  const account = openOver(definition, sandbox)
  const { vendor, upstream } = account
  onTestFinished(async () => {
    await upstream.close()
    await sandbox.close()
  })
  const [first] = (await pageOf(account, vendor.users!({}), { first: 1 })).edges
  const userId = first!.node.vendorId
  const owner = definition.slug === 'imeetcentral' ? null : { vendorId: userId, email: null }
  const { conference } = await vendor.createConference!(newConference({ owner }), newCall())
  const id = conference.vendorId
  await vendor.updateConference!(id, { title: 'New' }, newCall())
  await vendor.uploadAvatar?.(userId, picture(), newCall())
  await vendor.uploadConferenceFile?.(id, picture(), newCall())
  await vendor.uploadLibraryFile?.(picture(), newCall())
  await vendor.deleteConference?.(id, newCall())
  expect(requests.some(({ request }) => request.endsWith('/token'))).toBe(true)
  expect(requests.some(({ request }) => /file|picture|avatar/.test(request))).toBe(true)
  for (const { request, accept, userAgent } of requests) {
    expect([request, userAgent]).toEqual([request, `Parley/${version}`])
    expect([request, accept]).toEqual([request, expect.stringContaining('application/json')])
  }
})

test('reports a scope that a write lacks', async () => {
  const { vendor, call, sandbox, calls, owner } = await openZoom({ switches: { scopes: ['meeting:read:admin'] } })
  const input = newConference({ owner: { vendorId: owner.id, email: null } })
  await expect(vendor.createConference(input, call())).rejects.toMatchObject({
    code: 'VENDOR_FORBIDDEN',
    retryable: false,
    vendorCode: '4711',
    message: expect.stringContaining('meeting:write'),
    delivery: 'rejected',
  })
  expect(calls()).toEqual([`POST /users/${owner.id}/meetings`])
  expect(sandbox.effects).toEqual([])
})

test.each([401, 400] as const)(
  'renews the token after code 124 with status %i on a write',
  async (authFailureStatus) => {
    const { vendor, call, sandbox, owner } = await openZoom({ switches: { authFailureStatus } })
    await vendor.getUser(owner.id, call())
    sandbox.revokeTokens()
    const input = newConference({ owner: { vendorId: owner.id, email: null } })
    expect((await vendor.createConference(input, call())).conference.title).toBe(input.title)
    expect(sandbox.ledger.slice(-3).map(({ method, path, status }) => [method, path, status])).toEqual([
      ['POST', `/v2/users/${owner.id}/meetings`, authFailureStatus],
      ['POST', '/oauth/token', 200],
      ['POST', `/v2/users/${owner.id}/meetings`, 201],
    ])
  },
)

test.each([
  [undefined, 'application/xml;charset=UTF-8', /^<\?xml .*<errors><code>4711<\/code><message>.*scopes:\[/],
  ['application/xml', 'application/xml;charset=UTF-8', /<errors>/],
  ['application/json', 'application/json', /^\{"code":4711/],
])('rejects a sandbox request in the format of Zoom for Accept: %s', async (accept, type, body) => {
  const { sandbox, upstream } = await openZoom({ switches: { scopes: [] } })
  const { value } = await upstream.getToken(new AbortController().signal)
  const headers = { authorization: `Bearer ${value}`, ...(accept === undefined ? {} : { accept }) }
  const response = await request(`${sandbox.url}/v2/users`, { headers })
  expect(response.headers['content-type']).toBe(type)
  expect(await response.body.text()).toMatch(body)
})
