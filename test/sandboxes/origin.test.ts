import { describe, expect, onTestFinished, test } from 'vitest'
import { start as startIMeet } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom } from '../../src/sandboxes/zoom/index.ts'

/** Requests through a proxy with this header. */
async function read(url: string, forwarded: string | null, init: RequestInit = {}): Promise<any> {
  const headers = new Headers(init.headers)
  if (forwarded !== null) headers.set('x-forwarded-proto', forwarded)
  return (await fetch(url, { ...init, headers })).json()
}

describe.each([
  ['https', 'https:'],
  ['HTTPS', 'https:'],
  ['https, http', 'https:'],
  ['http', 'http:'],
  ['ftp', 'http:'],
  [null, 'http:'],
])('links behind a proxy that sends X-Forwarded-Proto: %s', (forwarded, scheme) => {
  test('have this scheme in the sandbox of Zoom', async () => {
    const sandbox = await startZoom({ seed: { active: 3 } })
    onTestFinished(() => sandbox.close())
    const headers = { authorization: `Basic ${btoa(`${sandbox.clientId}:${sandbox.clientSecret}`)}` }
    const body = new URLSearchParams({ grant_type: 'account_credentials', account_id: sandbox.accountId })
    const token = await read(`${sandbox.url}/oauth/token`, forwarded, { method: 'POST', headers, body })
    expect(token.api_url).toBe(sandbox.url.replace('http:', scheme))
    const list = `${sandbox.url}/v2/users/${sandbox.userMailOfOwner}/meetings`
    const { meetings } = await read(list, forwarded, { headers: { authorization: `Bearer ${token.access_token}` } })
    expect(new URL(meetings[0].join_url).protocol).toBe(scheme)
  })

  test('have this scheme in the sandbox of TrueConf', async () => {
    const sandbox = await startTrueConf({ users: 5, conferences: 5 })
    onTestFinished(() => sandbox.close())
    const key = encodeURIComponent(sandbox.secretKey)
    const { conferences } = await read(`${sandbox.url}/api/v3.8/conferences?access_token=${key}`, forwarded)
    expect(conferences[0].url).toBe(`${sandbox.url.replace('http:', scheme)}/c/${conferences[0].id}`)
    const { links } = await read(`${sandbox.url}/api/v4/server`, forwarded)
    expect(links.site_url).toBe(sandbox.url.replace('http:', scheme))
  })

  test('have this scheme in the sandbox of iMeet Central', async () => {
    const sandbox = await startIMeet({ seed: { users: 60 } })
    onTestFinished(() => sandbox.close())
    const headers = { authorization: `Bearer ${sandbox.tokens.issue()}` }
    const { links } = await read(`${sandbox.url}/v1/users?limit=25`, forwarded, { headers })
    expect(links.next.startsWith(`${sandbox.url.replace('http:', scheme)}/v1/users?`)).toBe(true)
  })
})
